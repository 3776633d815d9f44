#include "actors/executor.hpp"

#include "events/core/result.hpp"

namespace retrylab {

job_command command_for(seq fence, attempt_outcome outcome) {
  return std::visit(overloaded{
                        [&](attempt_succeeded& o) -> job_command {
                          return report_success{fence, std::move(o.result)};
                        },
                        [&](attempt_failed& o) -> job_command {
                          return report_failure{fence, o.cause, std::move(o.error), o.retryable,
                                                std::move(o.advice)};
                        },
                        [&](attempt_stopped&) -> job_command { return confirm_cancel{fence}; },
                    },
                    outcome);
}

}  // namespace retrylab
