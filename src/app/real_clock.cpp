#include "app/real_clock.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::int64_t slew_divisor = 2000;  // 500 ppm

timestamp wall_clock() {
  return std::chrono::floor<microseconds>(std::chrono::system_clock::now());
}

}  // namespace

real_clock::real_clock(boost::asio::io_context& io, timestamp not_before)
    : timer_(io),
      read_at_(std::chrono::steady_clock::now()),
      now_(std::max(wall_clock(), not_before)) {}

timestamp real_clock::now() {
  auto const read = std::chrono::steady_clock::now();
  auto const passed = std::chrono::floor<microseconds>(read - read_at_);
  if (passed <= microseconds{0}) return now_;
  read_at_ += passed;
  microseconds const lean{passed.count() / slew_divisor};
  now_ += passed;
  now_ += std::clamp(std::chrono::floor<microseconds>(wall_clock() - now_), -lean, lean);
  return now_;
}

void real_clock::set_alarm(timestamp due, std::function<void()> ring) {
  timer_.expires_after(std::max(due - now(), microseconds{0}));
  timer_.async_wait([this, due, ring = std::move(ring)](boost::system::error_code ec) mutable {
    if (ec) return;  // replaced
    if (now() < due) return set_alarm(due, std::move(ring));
    ring();
  });
}

}  // namespace retrylab
