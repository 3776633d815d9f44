#pragma once
// All open connections, each with the tick until which its present step may take. One sweep a
// quarter of a second closes those that are over it, which is cheaper than a timer for each
// request. Io thread only.

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>

namespace retrylab {

inline constexpr std::chrono::milliseconds sweep_interval{250};

struct connection {
  boost::asio::ip::tcp::socket* socket = nullptr;
  std::uint64_t deadline = 0;  // tick; 0: none
  bool timed_out = false;
  bool idle = false;                       // waits for the next request
  std::function<void()> say_goodbye = {};  // of a WebSocket, which wants to be told rather than cut
};

class connections {
 public:
  using handle = std::list<connection>::iterator;

  [[nodiscard]] handle add(boost::asio::ip::tcp::socket& socket) {
    return all_.insert(all_.end(), connection{&socket});
  }
  void remove(handle c) { all_.erase(c); }
  [[nodiscard]] std::size_t size() const { return all_.size(); }

  // The present step of `c` may take `time`, to the precision of a sweep.
  void allow(handle c, std::chrono::milliseconds time) {
    c->deadline = tick_ + 1 + static_cast<std::uint64_t>(time / sweep_interval);
  }
  void allow_any(handle c) { c->deadline = 0; }

  void sweep();
  // Closes what waits for a request, and tells the others not to take another one.
  void shut_down();
  [[nodiscard]] bool shutting_down() const { return shutting_down_; }

 private:
  std::list<connection> all_;
  std::uint64_t tick_ = 0;
  bool shutting_down_ = false;
};

}  // namespace retrylab
