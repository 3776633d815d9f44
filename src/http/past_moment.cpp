#include "http/past_moment.hpp"

#include "http/problem.hpp"

namespace retrylab {

past_moment read_moment(query_reader& query) {
  past_moment moment;
  auto const text = query.text("at");
  if (!text) return moment;
  if (auto const number = unsigned_number(*text)) {
    moment.seq = seq{*number};
  } else if (auto const time = parse_rfc3339(*text)) {
    moment.time = *time;
  } else {
    query.fail("at", "must be the seq of an event or a time as in 2026-01-01T00:00:00Z");
  }
  return moment;
}

result<seq, past_failure> resolve(past_moment const& moment, seq newest, time_machine& past) {
  if (moment.time) return past.find(*moment.time);
  return moment.seq.value_or(newest);
}

response past_problem(past_failure const& failure) {
  switch (failure.what) {
    case past_failure::kind::not_yet:
      return problem(422, "at is beyond the newest event, " + std::to_string(failure.reached.value),
                     {{"at", "is beyond the newest event"}});
    case past_failure::kind::reading:
      return retry_later(503, "the past is being read, up to event " +
                                  std::to_string(failure.reached.value) + " so far; ask again");
    case past_failure::kind::broken:
      break;
  }
  return problem(500, "the log cannot be read: " + failure.message);
}

}  // namespace retrylab
