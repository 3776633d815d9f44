#pragma once
// The port of whatever runs an attempt in this process: the simulator, a webhook, a command.

#include "actors/runtime/callback.hpp"
#include "events/core/job_commands.hpp"
#include "events/core/job_state.hpp"

#include <variant>

namespace retrylab {

struct attempt_work {
  job_id job;
  seq fence;
  attempt_number attempt = 0;
  generation_number generation = 1;
  immutable<job_spec> spec;
};

struct attempt_succeeded {
  std::optional<raw_json> result;
};
struct attempt_failed {
  failure_cause cause = failure_cause::error;
  job_error error;
  bool retryable = true;
  std::optional<retry_advice> advice{};
};
struct attempt_stopped {};  // after a cancel
using attempt_outcome = std::variant<attempt_succeeded, attempt_failed, attempt_stopped>;

// How the outcome is reported to the job.
[[nodiscard]] job_command command_for(seq fence, attempt_outcome outcome);

class executor {
 public:
  virtual ~executor() = default;
  // `done` is called once on the io thread, never inside this call, unless the attempt is forgotten
  // before.
  virtual void start(attempt_work work, callback<attempt_outcome> done) = 0;
  // What the attempt would come to, when that is certain before it begins and takes no time; it is
  // not started then. Only for an executor whose attempts do nothing outside.
  [[nodiscard]] virtual std::optional<attempt_outcome> foretell(
      attempt_work const& /*work*/) const {
    return std::nullopt;
  }
  // Asks the attempt to stop. Its outcome may be quicker.
  virtual void cancel(seq fence) = 0;
  // The attempt ended by other means: whatever it still answers is of no use.
  virtual void forget(seq fence) = 0;
};

}  // namespace retrylab
