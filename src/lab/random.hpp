#pragma once
// A small generator with the same sequence on every compiler and library. One stream for each
// purpose.
//
// xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018),
// seeded by SplitMix64.

#include "events/core/entropy.hpp"

#include <array>
#include <cstdint>

namespace retrylab {

class random_stream {
 public:
  random_stream(std::uint64_t seed, std::uint64_t purpose) {
    std::uint64_t x = mix(seed) ^ mix(purpose + 1);
    for (std::uint64_t& word : state_) word = x = mix(x);
  }

  std::uint64_t next() {
    std::uint64_t const out = rotated(state_[1] * 5, 7) * 9;
    std::uint64_t const t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotated(state_[3], 45);
    return out;
  }
  // From [low, high]. The bias of the remainder is far below what a simulation could notice.
  std::uint64_t between(std::uint64_t low, std::uint64_t high) {
    return low + next() % (high - low + 1);
  }
  bool one_in(std::uint64_t n) { return next() % n == 0; }

 private:
  static std::uint64_t rotated(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace retrylab
