#pragma once
// Gives memory back to the system that was needed in a burst: the allocator keeps it otherwise.
// What stayed free between two looks is not needed; half of it is returned, so that a server under
// changing load does not ask for the same pages again and again. Io thread only.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace retrylab {

class free_memory {
 public:
  explicit free_memory(boost::asio::io_context& io) : timer_(io) {}
  void watch();

 private:
  void look();

  boost::asio::steady_timer timer_;
  std::size_t free_before_ = 0;
};

}  // namespace retrylab
