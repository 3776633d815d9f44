#pragma once
// Time of the real server: the wall clock's idea, but it never goes back. It advances with the
// monotonic clock and leans towards the wall clock by at most 500 ppm, so a stepped wall clock
// moves no deadline; at a start it begins at or after the newest event of the log.

#include "actors/runtime/clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace retrylab {

class real_clock final : public clock {
 public:
  real_clock(boost::asio::io_context& io, timestamp not_before);
  timestamp now() override;
  void set_alarm(timestamp due, std::function<void()> ring) override;

 private:
  boost::asio::steady_timer timer_;
  std::chrono::steady_clock::time_point read_at_;
  timestamp now_;
};

}  // namespace retrylab
