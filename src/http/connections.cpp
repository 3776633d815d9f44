#include "http/connections.hpp"

namespace retrylab {
namespace {

// Whatever the session waits for ends with an error; it sees why in its entry.
void interrupt(connection& c) {
  boost::system::error_code ignored;
  c.socket->shutdown(boost::asio::ip::tcp::socket::shutdown_receive, ignored);
  c.socket->cancel(ignored);
}

}  // namespace

void connections::sweep() {
  ++tick_;
  for (connection& c : all_) {
    if (c.deadline == 0 || c.deadline > tick_ || c.timed_out) continue;
    c.timed_out = true;
    interrupt(c);
  }
}

void connections::shut_down() {
  shutting_down_ = true;
  for (connection& c : all_) {
    if (c.say_goodbye) {
      c.say_goodbye();
    } else if (c.idle) {
      interrupt(c);
    }
  }
}

}  // namespace retrylab
