#pragma once
// Points in time and their text form. Nothing here reads a clock: `now` is always an argument.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace retrylab {

using microseconds = std::chrono::microseconds;
using milliseconds = std::chrono::milliseconds;

// Microseconds since 1970, UTC.
using timestamp = std::chrono::sys_time<microseconds>;

[[nodiscard]] constexpr std::int64_t to_micros(timestamp t) { return t.time_since_epoch().count(); }
[[nodiscard]] constexpr timestamp from_micros(std::int64_t n) { return timestamp{microseconds{n}}; }

// RFC 3339, UTC, always six digits of the second: 2026-11-23T15:04:05.123456Z
void append_rfc3339(std::string& out, timestamp t);
[[nodiscard]] std::string to_rfc3339(timestamp t);

// Accepts any offset and 0 to 9 digits of the second (digits after the sixth are cut off). Years
// 1970 to 9999.
[[nodiscard]] std::optional<timestamp> parse_rfc3339(std::string_view text);

}  // namespace retrylab
