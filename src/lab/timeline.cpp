#include "events/core/limits.hpp"
#include "events/core/result.hpp"
#include "events/event_codec.hpp"
#include "lab/lab_report.hpp"
#include "lab/node_parts.hpp"
#include "lab/scenario_values.hpp"

#include <fmt/format.h>

namespace retrylab {

std::string in_words(job_event const& event) {
  return std::visit(
      overloaded{
          [](created const& e) {
            std::string out =
                fmt::format("type {}, queue {}, priority {}, at most {} attempts", e.spec->type,
                            e.spec->queue, e.spec->priority, e.spec->max_attempts);
            if (e.spec->run_at) out += ", due at " + print_time(*e.spec->run_at - beginning);
            return out + ", payload " + e.spec->payload.text;
          },
          [](attempted const& e) { return fmt::format("attempt {} by {}", e.attempt, e.worker); },
          [](succeeded const&) { return std::string{}; },
          [](failed const& e) {
            return fmt::format("attempt {}, {}: {}: {}", e.attempt, to_string(e.cause),
                               e.error.type, e.error.message);
          },
          [](retry_scheduled const& e) {
            return fmt::format("in {} (at {}), by {}", print_duration(e.delay),
                               print_time(e.due - beginning), e.rule);
          },
          [](dead_lettered const& e) { return std::string{to_string(e.reason)}; },
          [](released const& e) { return e.reason; },
          [](rescheduled const& e) { return "due at " + print_time(e.due - beginning); },
          [](cancel_requested const& e) { return e.reason; },
          [](cancelled const& e) { return e.reason; },
          [](requeued const& e) { return e.reason; },
          [](discarded const& e) { return e.reason; },
          [](extended const& e) { return "until " + print_time(e.until - beginning); },
          [](progressed const& e) { return e.text.value_or(""); },
      },
      event);
}

std::string as_text(job_timeline const& line, job_id job) {
  std::string out = fmt::format("job {}\n", job.value);
  for (stored_event const& e : line.events)
    out += fmt::format("{:>16}  {:<15} {}\n", print_time(e.at - beginning), e.type,
                       in_words(*e.known));
  if (line.more > 0) out += fmt::format("… and {} more events\n", line.more);
  return out;
}

}  // namespace retrylab
