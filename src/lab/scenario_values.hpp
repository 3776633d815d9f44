#pragma once
// The small texts of a scenario file: durations, rates, ranges. Integers throughout. Nothing: the
// text is not one.

#include "events/core/time.hpp"
#include "lab/checks.hpp"
#include "lab/scenario.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace retrylab {

inline constexpr char const* duration_rule =
    "a duration, as in 500ms, 30s, 1h30m or 7d (units: us, ms, s, m, h, d)";

[[nodiscard]] std::optional<std::uint64_t> parse_count(std::string_view text);
// A decimal from 0, in thousandths: "1.5" is 1500.
[[nodiscard]] std::optional<std::uint64_t> parse_milli(std::string_view text);
[[nodiscard]] std::optional<microseconds> parse_duration(std::string_view text);
// "12/s", "0.5/min", "5000/h".
[[nodiscard]] std::optional<arrival_rate> parse_rate(std::string_view text);
// "7", "5..9", "5..", "..9".
[[nodiscard]] std::optional<count_range> parse_count_range(std::string_view text);
[[nodiscard]] std::optional<time_range> parse_time_range(std::string_view text);

[[nodiscard]] std::string print_milli(std::uint64_t milli);
// As parse_duration() reads it, with what is left of microseconds: "1h30m", "2.5s", "512.004ms".
[[nodiscard]] std::string print_duration(microseconds t);
// A time of a run: "1:02:03.004", with hours beyond 24, and six digits where there are any.
[[nodiscard]] std::string print_time(microseconds t);
[[nodiscard]] std::string print_count(std::uint64_t n);  // 1,234,567
[[nodiscard]] std::string print(count_range const& range);
[[nodiscard]] std::string print(time_range const& range);

}  // namespace retrylab
