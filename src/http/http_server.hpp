#pragma once
// Listens, and starts a session for each connection.

#include "edge/listen_address.hpp"
#include "http/server_context.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <string>

namespace retrylab {

class http_server {
 public:
  http_server(boost::asio::io_context& io, server_context& context);
  http_server(http_server const&) = delete;
  http_server& operator=(http_server const&) = delete;

  // Binds and fills in the context's port. The error is a sentence.
  [[nodiscard]] std::optional<std::string> listen(listen_address const& address);
  void start();
  // Takes no more connections and requests; `done` when the last session ended, or after the time
  // for a shutdown.
  void stop(std::function<void()> done);

 private:
  boost::asio::awaitable<void> accept_loop();
  boost::asio::awaitable<void> sweep_loop();
  boost::asio::awaitable<void> wait_for_sessions(std::function<void()> done);

  boost::asio::io_context& io_;
  server_context& context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer sweep_timer_;
};

}  // namespace retrylab
