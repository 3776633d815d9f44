#include "edge/manual_clock.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace retrylab {

void manual_clock::set_alarm(timestamp due, std::function<void()> ring) {
  alarm_ = alarm{due, std::move(ring)};
  ring_soon();
}

std::optional<timestamp> manual_clock::next_alarm() const {
  return alarm_ ? std::optional{alarm_->due} : std::nullopt;
}

void manual_clock::move_to(timestamp t) {
  now_ = std::max(now_, t);
  ring_soon();
}

void manual_clock::ring_soon() {
  if (!alarm_ || alarm_->due > now_ || std::exchange(ringing_, true)) return;
  boost::asio::post(io_, [this] { ring_due(); });
}

void manual_clock::ring_due() {
  ringing_ = false;
  if (!alarm_ || alarm_->due > now_) return;
  auto const ring = std::move(alarm_->ring);
  alarm_.reset();
  ring();
}

}  // namespace retrylab
