#pragma once
// The executions of a job, each with what caused it: what an engineer asks who sees that a job ran
// twice. Pure.

#include "events/core/system_state.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace retrylab {

enum class run_reason : unsigned char {
  first,          // nothing had run before
  retry,          // the attempt before reported an error, and the policy granted another
  timeout,        // the attempt before was late
  lease_expired,  // … its worker did not renew the lease
  worker_lost,    // … its worker gave no sign of life
  interrupted,    // … the process that ran it ended
  released,       // … it was given back, unharmed
  requeued,       // somebody began a new generation
};
[[nodiscard]] std::string_view to_string(run_reason reason);

enum class run_end : unsigned char { running, succeeded, failed, released, cancelled };
[[nodiscard]] std::string_view to_string(run_end end);

struct job_run {
  retrylab::seq fence{};
  generation_number generation = 1;
  attempt_number attempt = 0;
  std::string worker;
  run_reason reason = run_reason::first;
  event_ref because{};  // the event that made it possible: Created, Failed, Released, Requeued
  timestamp started_at{};
  std::optional<event_ref> ended{};
  run_end end = run_end::running;
  bool operator==(job_run const&) const = default;
};

// `stream`: all of the job's events, oldest first.
[[nodiscard]] std::vector<job_run> runs_of(std::span<job_record const> stream);

}  // namespace retrylab
