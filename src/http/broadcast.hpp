#pragma once
// Tells all WebSocket subscribers of news at the same time, at most ten times a second, so that
// those who want the same thing from the same place get the same frame: it is made once, however
// many there are. Io thread only.

#include "http/subscription.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace retrylab {

using shared_frame = std::shared_ptr<frame const>;

class broadcast {
 public:
  using bell = std::function<void()>;

  broadcast(boost::asio::any_io_executor const& io, live_feed& feed);
  ~broadcast();
  broadcast(broadcast const&) = delete;
  broadcast& operator=(broadcast const&) = delete;

  // The bell is rung when there is news, until it is taken off. It must not hang or take off bells.
  [[nodiscard]] std::uint64_t hang(bell ring);
  void take_off(std::uint64_t id) { bells_.erase(id); }

  // A subscriber has not been told everything: a frame has a bound.
  void again() { news(); }

  // From a cursor that the feed holds; null when there is nothing newer.
  [[nodiscard]] shared_frame frame_from(seq cursor, subscription const& sub, timestamp now);

 private:
  void news();
  void ring_all();

  live_feed& feed_;
  std::uint64_t feed_bell_;
  boost::asio::steady_timer rest_;
  bool resting_ = false;
  bool missed_ = false;  // there was news while resting
  std::map<std::uint64_t, bell> bells_;
  std::uint64_t next_bell_ = 0;
  std::map<std::pair<seq, std::string>, shared_frame> frames_;  // up to made_for_
  seq made_for_{};
};

}  // namespace retrylab
