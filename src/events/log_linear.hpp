#pragma once
// How the histograms cut whole numbers into buckets: log-linear.
//
//   value < 2^(SubBits + 1):  a bucket of its own
//   else:                     shift = bits(value) - SubBits - 1,
//                             bucket = 2^SubBits * shift + (value >> shift)
//
// so each power of two is cut into 2^SubBits buckets of equal width, and the top of a bucket is at
// most 1/2^SubBits above what falls into it. Values from 2^ValueBits on share the last bucket.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace retrylab {

template <int SubBits, int ValueBits>
struct log_linear {
  static constexpr std::uint64_t linear_end = std::uint64_t{1} << (SubBits + 1);
  static constexpr std::uint64_t value_max = (std::uint64_t{1} << ValueBits) - 1;

  static constexpr std::size_t bucket_of(std::uint64_t value) {
    value = std::min(value, value_max);
    if (value < linear_end) return value;
    auto const shift = static_cast<std::uint64_t>(std::bit_width(value) - (SubBits + 1));
    return (shift << SubBits) + (value >> shift);
  }

  // The highest value that falls into it.
  static constexpr std::uint64_t top_of(std::size_t bucket) {
    if (bucket < linear_end) return bucket;
    std::uint64_t const shift = (bucket >> SubBits) - 1;
    std::uint64_t const mantissa = bucket - (shift << SubBits);
    return ((mantissa + 1) << shift) - 1;
  }

  static constexpr std::size_t buckets = std::size_t{ValueBits - SubBits + 1} << SubBits;
};

}  // namespace retrylab
