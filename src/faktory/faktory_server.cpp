#include "faktory/faktory_server.hpp"

#include "actors/runtime/spawn.hpp"
#include "events/core/limits.hpp"
#include "faktory/faktory_session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace retrylab {
namespace {

namespace asio = boost::asio;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds breath_time{250};

void close(asio::ip::tcp::socket& socket) {
  boost::system::error_code ignored;
  socket.shutdown(asio::socket_base::shutdown_both, ignored);
}

}  // namespace

faktory_server::faktory_server(asio::io_context& io, faktory_context& context)
    : io_(io), context_(context), acceptor_(io) {}

std::optional<std::string> faktory_server::listen(listen_address const& address) {
  if (auto why = listen_on(acceptor_, address)) return why;
  context_.port = acceptor_.local_endpoint().port();
  return std::nullopt;
}

void faktory_server::start() {
  context_.core.known().on_forgotten([this](std::string const& wid) { close_worker(wid); });
  spawn(io_.get_executor(), "faktory accept", accept_loop());
}

asio::awaitable<void> faktory_server::accept_loop() {
  while (acceptor_.is_open()) {
    auto [ec, socket] = co_await acceptor_.async_accept(quietly);
    if (ec == asio::error::operation_aborted) break;
    // One more than may be is told so; beyond a second lot nobody is.
    bool const full = context_.open.size() >= 2 * limits::faktory_connections;
    if (ec || full) {
      asio::steady_timer breath{io_, breath_time};
      co_await breath.async_wait(quietly);
      continue;
    }
    spawn(io_.get_executor(), "faktory session", run_faktory_session(std::move(socket), context_));
  }
}

void faktory_server::close_worker(std::string const& wid) {
  for (faktory_connection& c : context_.open) {
    if (c.wid == wid) close(*c.socket);
  }
}

void faktory_server::stop() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  context_.shutting_down = true;
  for (faktory_connection& c : context_.open) {
    if (!c.busy) close(*c.socket);
  }
}

}  // namespace retrylab
