#include "app/moment.hpp"

#include "events/core/time.hpp"

#include <charconv>

namespace retrylab {

std::optional<seq> parse_seq(std::string const& text) {
  std::uint64_t n = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  bool const whole = error == std::errc{} && end == text.data() + text.size();
  return whole && n >= 1 && n <= INT64_MAX ? std::optional{seq{n}} : std::nullopt;
}

CLI::Validator const a_moment{[](std::string& text) {
                                return parse_seq(text) || parse_rfc3339(text)
                                           ? std::string{}
                                           : "must be a seq, or a time as in 2026-01-01T00:00:00Z";
                              },
                              "SEQ|TIME"};

namespace {

// The last event that is no later than `time`; they stand in the order of their times.
result<seq, store_failure> last_until(event_reader& log, timestamp time) {
  auto const head = log.head();
  if (!head) return head.error();
  std::uint64_t low = 0;  // no later
  std::uint64_t high = head->last.value + 1;
  while (high - low > 1) {
    std::uint64_t const middle = low + (high - low) / 2;
    auto const found = log.read_all(seq{middle - 1}, 1);
    if (!found) return found.error();
    if (!found->empty() && found->front().at <= time) {
      low = std::max(middle, found->front().seq.value);
    } else {
      high = middle;
    }
  }
  return seq{low};
}

}  // namespace

result<seq, store_failure> resolve_moment(event_reader& log, std::string const& text, bool begins) {
  if (auto const number = parse_seq(text)) return *number;
  timestamp const time = *parse_rfc3339(text);
  auto last = last_until(log, begins ? time - microseconds{1} : time);
  if (!last || !begins) return last;
  return last->next();
}

}  // namespace retrylab
