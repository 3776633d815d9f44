#pragma once
// Time of a server under test: it stands still until somebody moves it. Io thread only.

#include "actors/runtime/clock.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <optional>

namespace retrylab {

class manual_clock final : public clock {
 public:
  manual_clock(boost::asio::any_io_executor io, timestamp start)
      : io_(std::move(io)), now_(start) {}
  timestamp now() override { return now_; }
  void set_alarm(timestamp due, std::function<void()> ring) override;

  // The next instant at which something is to happen.
  [[nodiscard]] std::optional<timestamp> next_alarm() const;
  // Never back. An alarm that is due then rings soon, not inside this call.
  void move_to(timestamp t);

 private:
  struct alarm {
    timestamp due;
    std::function<void()> ring;
  };
  void ring_soon();
  void ring_due();

  boost::asio::any_io_executor io_;
  timestamp now_;
  std::optional<alarm> alarm_;
  bool ringing_ = false;  // a call of ring_due() is posted
};

}  // namespace retrylab
