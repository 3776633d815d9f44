#pragma once
// Logarithms and powers in whole numbers, so that a draw is the same on every compiler and
// library: std::log and the distributions of <random> are not.

#include <cstdint>

namespace retrylab {

// In units of 2^-32.
using fixed = std::int64_t;
inline constexpr int fixed_bits = 32;
inline constexpr fixed fixed_one = fixed{1} << fixed_bits;

// -ln(u) of u = (drawn + 1) / 2^64: exponentially distributed, mean 1, when `drawn` is uniform.
[[nodiscard]] fixed exponential(std::uint64_t drawn);
// 2^x, for x below 30; 0 when it is too small to be told.
[[nodiscard]] fixed power_of_two(fixed x);
// Nearly normal, mean 0 and deviation 1: the sum of twelve uniform numbers, of `next`.
template <class Next>
[[nodiscard]] fixed normal(Next next) {
  fixed sum = -6 * fixed_one;
  for (int i = 0; i < 12; ++i) sum += static_cast<fixed>(next() >> fixed_bits);
  return sum;
}
// a * b / 2^32.
[[nodiscard]] std::int64_t scale(std::int64_t a, fixed b);

}  // namespace retrylab
