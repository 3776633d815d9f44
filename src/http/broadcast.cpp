#include "http/broadcast.hpp"

#include "events/core/limits.hpp"

namespace retrylab {

broadcast::broadcast(boost::asio::any_io_executor const& io, live_feed& feed)
    : feed_(feed), feed_bell_(feed.hang([this] { news(); })), rest_(io) {}

broadcast::~broadcast() { feed_.take_off(feed_bell_); }

std::uint64_t broadcast::hang(bell ring) {
  bells_.emplace(++next_bell_, std::move(ring));
  return next_bell_;
}

void broadcast::news() { resting_ ? void(missed_ = true) : ring_all(); }

void broadcast::ring_all() {
  for (auto const& [id, ring] : bells_) ring();
  resting_ = true;
  missed_ = false;
  rest_.expires_after(limits::websocket_frame_interval);
  rest_.async_wait([this](boost::system::error_code ec) {
    if (ec) return;
    resting_ = false;
    if (missed_) ring_all();
  });
}

shared_frame broadcast::frame_from(seq cursor, subscription const& sub, timestamp now) {
  if (made_for_ != feed_.newest()) frames_.clear();
  made_for_ = feed_.newest();
  auto const [place, fresh] = frames_.try_emplace({cursor, sub.key});
  if (fresh) {
    if (auto made = live_frame(sub, feed_, cursor, now))
      place->second = std::make_shared<frame const>(std::move(*made));
  }
  return place->second;
}

}  // namespace retrylab
