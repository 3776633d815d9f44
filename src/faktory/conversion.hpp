#pragma once
// Between jobs as the protocol has them and jobs as the log has them.
//
//   pushed                     job_spec
//   jid, created_at, at …      faktory (given back as they were)
//   args, custom, unknown      payload: {"args":[…],"custom":{…},…}
//   retry N                    max_attempts N+1; 0: discarded at its end; negative: one attempt
//   reserve_for                timeout, 60 s at least
//   no custom.retry_policy     the policy `faktory`
//
// A job that was created over HTTP has one argument: its payload.

#include "actors/leases.hpp"
#include "events/core/system_state.hpp"
#include "faktory/faktory_job.hpp"
#include "faktory/job_payload.hpp"

namespace retrylab {

[[nodiscard]] result<job_spec, reply_error> spec_of(faktory_job job, timestamp now,
                                                    policy_map const& policies);

// What FETCH answers and what patterns are compared with. `extended` adds what Faktory does not
// know, for workers that asked for it (docs/faktory.md).
[[nodiscard]] std::string payload_of(job_state const& s, bool extended = false);

}  // namespace retrylab
