#pragma once
// When the requests of an open loop are due: at fixed instants, however slow the server is. A
// latency that is counted from the due instant holds the time a request had to wait for its turn,
// which a closed loop leaves out ("coordinated omission", Gil Tene).
//
// Pure: instants are nanoseconds since the start of the run.

#include <chrono>
#include <cstdint>

namespace retrylab::bench {

using nanoseconds = std::chrono::nanoseconds;

class schedule {
 public:
  // `per_second`: at least 1.
  explicit schedule(std::uint64_t per_second) : per_second_(per_second) {}

  // Request `n`, from 0. The first is due at once; rounding does not add up.
  [[nodiscard]] nanoseconds due(std::uint64_t n) const {
    std::uint64_t const rest = n % per_second_ * second / per_second_;
    return nanoseconds{static_cast<std::int64_t>(n / per_second_ * second + rest)};
  }
  // How many are due before `end`.
  [[nodiscard]] std::uint64_t count_before(nanoseconds end) const;

 private:
  static constexpr std::uint64_t second = 1'000'000'000;
  std::uint64_t per_second_;
};

}  // namespace retrylab::bench
