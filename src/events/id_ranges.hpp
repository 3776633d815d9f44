#pragma once
// Job ids as text: ranges that ascend and do not touch, "1-4,9". How a Purged event names its jobs:
// exact, and short, because jobs that end together were mostly created together. Any thread.

#include "events/core/ids.hpp"
#include "events/core/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

struct id_range {
  job_id first{};
  job_id last{};  // included
  bool operator==(id_range const&) const = default;
};

// The ids ascend and none is there twice.
[[nodiscard]] std::vector<id_range> ranges_of(std::span<job_id const> ids);
[[nodiscard]] std::string to_text(std::span<id_range const> ranges);

// The error says what is wrong. Empty text is no range.
[[nodiscard]] result<std::vector<id_range>, std::string> parse_ranges(std::string_view text);

// All ids of the ranges.
[[nodiscard]] std::vector<job_id> ids_in(std::span<id_range const> ranges);

}  // namespace retrylab
