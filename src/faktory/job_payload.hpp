#pragma once
// A job as FETCH gives it, and as MUTATE's patterns see it: compact JSON with the keys in Faktory's
// order and under its rules of presence. Clients' test suites compare this text.
//
//   retry failure custom jid queue jobtype created_at enqueued_at at args reserve_for backtrace …
//
// retry and args are always there, the others when they say something; an empty backtrace is left
// out of the failure. Fields that Faktory does not know stand behind, as the client named them.
//
// Source: client/job.go of Faktory.

#include "events/core/time.hpp"
#include "faktory/faktory_job.hpp"

#include <optional>
#include <string>
#include <vector>

namespace retrylab {

struct job_failure {
  timestamp failed_at;  // of the first failure
  std::optional<timestamp> next_at{};
  std::string message{};
  std::string errtype{};
  std::vector<std::string> backtrace{};
  std::int64_t retry_count = 0;
  std::int64_t remaining = 0;
  bool operator==(job_failure const&) const = default;
};

// What happened to the job so far.
struct payload_progress {
  std::optional<timestamp> enqueued_at{};
  std::optional<job_failure> failure{};
};

void append_payload(std::string& out, faktory_job const& job, payload_progress const& progress);

}  // namespace retrylab
