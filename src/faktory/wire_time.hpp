#pragma once
// Times as Go's RFC3339Nano writes them: UTC, trailing zeros of the fraction left out, as in
// 2026-11-23T15:04:05.12Z and 2026-11-23T15:04:05Z. Ours have six digits at most.

#include "events/core/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace retrylab {

void append_wire_time(std::string& out, timestamp t);

// RFC 3339 with any offset and any number of digits of the second; those after the sixth are cut
// off. Years 1970 to 9999.
[[nodiscard]] std::optional<timestamp> parse_wire_time(std::string_view text);

}  // namespace retrylab
