#pragma once
// Time that moves only when told to.

#include "actors/runtime/clock.hpp"

#include <optional>
#include <utility>

namespace retrylab {

class virtual_clock final : public clock {
 public:
  explicit virtual_clock(timestamp start) : now_(start) {}
  timestamp now() override { return now_; }
  void set_alarm(timestamp due, std::function<void()> ring) override {
    alarm_.emplace(due, std::move(ring));
  }

  [[nodiscard]] std::optional<timestamp> next_alarm() const {
    return alarm_ ? std::optional{alarm_->first} : std::nullopt;
  }
  // Moves time, and rings the alarm when it is due then.
  void advance_to(timestamp t) {
    now_ = std::max(now_, t);
    if (!alarm_ || alarm_->first > now_) return;
    auto const ring = std::move(alarm_->second);
    alarm_.reset();
    ring();
  }
  void forget_alarm() { alarm_.reset(); }

 private:
  timestamp now_;
  std::optional<std::pair<timestamp, std::function<void()>>> alarm_;
};

}  // namespace retrylab
