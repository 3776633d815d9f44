#pragma once
// Listens for the Faktory Work Protocol, and starts a session for each connection. Io thread only.

#include "edge/listen_address.hpp"
#include "faktory/faktory_context.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>

namespace retrylab {

class faktory_server {
 public:
  faktory_server(boost::asio::io_context& io, faktory_context& context);
  faktory_server(faktory_server const&) = delete;
  faktory_server& operator=(faktory_server const&) = delete;

  // Binds and fills in the context's port. The error is a sentence.
  [[nodiscard]] std::optional<std::string> listen(listen_address const& address);
  void start();
  // No more connections; those that wait for a command are closed, the others finish theirs.
  void stop();

 private:
  boost::asio::awaitable<void> accept_loop();
  void close_worker(std::string const& wid);

  boost::asio::io_context& io_;
  faktory_context& context_;
  boost::asio::ip::tcp::acceptor acceptor_;
};

}  // namespace retrylab
