#pragma once
// What may be wished of a job. decide() turns a wish into events or a rejection.

#include "events/core/job_events.hpp"
#include "events/core/status.hpp"

#include <variant>

namespace retrylab {

struct create_job {
  immutable<job_spec> spec;
};
struct start_attempt {
  std::string worker;
  std::optional<milliseconds> lease{};  // of a job without a timeout of its own
};
struct report_success {
  seq fence;
  std::optional<raw_json> result{};
};
// When to try again, by somebody who knows better than the job's policy.
struct retry_advice {
  microseconds delay{};
  std::string rule;  // who says so
};
struct report_failure {
  seq fence;
  failure_cause cause;
  job_error error;
  bool retryable = true;
  std::optional<retry_advice> advice{};
};
struct extend_lease {  // a running attempt's; a lease is never made shorter
  seq fence;
  timestamp until;
};
struct report_progress {  // before it begins and once it has ended, too
  std::optional<unsigned> percent{};
  std::optional<std::string> text{};
};
struct release_attempt {
  seq fence;
  std::string reason;
};
struct confirm_cancel {  // the executor stopped the attempt it was asked to stop
  seq fence;
};
// `only_if`: refused when the job's status has become another one since somebody looked.
struct cancel_job {
  std::string by;
  std::string reason;
  std::optional<job_status> only_if{};
};
struct retry_job {
  std::string by;
  std::string reason;
  std::optional<raw_json> payload{};
  std::optional<attempt_number> max_attempts{};
  std::optional<retry_policy> retry{};
  std::optional<job_status> only_if{};
};
struct discard_job {
  std::string by;
  std::string reason;
};
struct dead_letter_job {
  std::string by;
  std::optional<job_status> only_if{};
};
struct tick {};  // a deadline of this job may have come

using job_command = std::variant<create_job, start_attempt, report_success, report_failure,
                                 release_attempt, confirm_cancel, cancel_job, retry_job,
                                 discard_job, dead_letter_job, tick, extend_lease, report_progress>;

// The domain said no. Nothing was stored.
enum class rejection : unsigned char {
  already_exists,
  no_such_job,
  not_due,  // its time has not come, or it does not wait at all
  not_running,
  stale_fence,      // the attempt was taken away: another one runs, or none
  not_cancellable,  // it has ended
  cancel_pending,   // it was asked to stop before
  not_retryable,    // it is queued or running already
  edits_need_an_ended_job,
  not_failed,
  not_waiting,
  nothing_due,
  moved_on,  // its status is another one than the command was meant for
};

}  // namespace retrylab
