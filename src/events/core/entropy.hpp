#pragma once
// Chance without a random device: a draw is a function of what it is for, so a replay draws the
// same.
//
// The mixing step is SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
// generators", OOPSLA 2014).

#include "events/core/ids.hpp"

namespace retrylab {

// Each purpose has its own stream, so that one more draw for one thing changes nothing for another.
enum class draw_for : std::uint64_t { jitter = 1, outcome = 2, fault = 3 };

[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

[[nodiscard]] constexpr std::uint64_t draw(draw_for purpose, std::uint64_t seed, job_id job,
                                           generation_number generation, attempt_number attempt) {
  std::uint64_t x = mix(seed ^ mix(static_cast<std::uint64_t>(purpose)));
  x = mix(x ^ job.value);
  return mix(x ^ (std::uint64_t{generation} << 32 | attempt));
}

}  // namespace retrylab
