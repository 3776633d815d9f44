#pragma once
// The parameter `at` of routes that show the past: an event's seq, or a time.

#include "events/past/time_machine.hpp"
#include "http/message.hpp"
#include "http/query_reader.hpp"

#include <optional>

namespace retrylab {

struct past_moment {
  std::optional<retrylab::seq> seq{};
  std::optional<timestamp> time{};  // neither: now
  [[nodiscard]] bool given() const { return seq || time; }
};

[[nodiscard]] past_moment read_moment(query_reader& query);
// The event after which that was. May read the log.
[[nodiscard]] result<seq, past_failure> resolve(past_moment const& moment, seq newest,
                                                time_machine& past);
[[nodiscard]] response past_problem(past_failure const& failure);

}  // namespace retrylab
