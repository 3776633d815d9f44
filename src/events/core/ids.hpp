#pragma once
// Strong identifiers. An id is never mixed up with a count or with another id, because no
// conversion exists.

#include <compare>
#include <cstdint>

namespace retrylab {

// Sequential number of a job, from 1. Job 0 is the system itself.
struct job_id {
  std::uint64_t value = 0;
  auto operator<=>(job_id const&) const = default;
};

inline constexpr job_id system_id{};

// Place of an event in the whole log: 1, 2, 3 … without a gap, but for events that were purged. 0
// means "before the first".
struct seq {
  std::uint64_t value = 0;
  auto operator<=>(seq const&) const = default;
  [[nodiscard]] constexpr seq next() const { return {value + 1}; }
};

// Place of an event in its stream: 1, 2, 3 … over all generations.
using stream_version = std::uint32_t;

// 1, and one more at each manual retry of an ended job.
using generation_number = std::uint32_t;

// 1, 2, 3 … within a generation; an attempt that was released does not use up its number.
using attempt_number = std::uint32_t;

}  // namespace retrylab
