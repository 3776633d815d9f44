#include "bench/schedule.hpp"

namespace retrylab::bench {

std::uint64_t schedule::count_before(nanoseconds end) const {
  if (end <= nanoseconds{0}) return 0;
  auto const whole = static_cast<std::uint64_t>(end.count()) / second;
  auto const rest = static_cast<std::uint64_t>(end.count()) % second;
  std::uint64_t n = whole * per_second_ + rest * per_second_ / second;
  while (due(n) < end) ++n;  // the division above rounds down, at most twice
  return n;
}

}  // namespace retrylab::bench
