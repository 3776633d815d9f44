#include "http/http_server.hpp"

#include "actors/runtime/spawn.hpp"
#include "events/core/limits.hpp"
#include "http/http_session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace retrylab {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

}  // namespace

http_server::http_server(asio::io_context& io, server_context& context)
    : io_(io), context_(context), acceptor_(io), sweep_timer_(io) {}

std::optional<std::string> http_server::listen(listen_address const& address) {
  if (auto why = listen_on(acceptor_, address)) return why;
  context_.port = acceptor_.local_endpoint().port();
  return std::nullopt;
}

void http_server::start() {
  spawn(io_.get_executor(), "http accept", accept_loop());
  spawn(io_.get_executor(), "http sweep", sweep_loop());
}

asio::awaitable<void> http_server::accept_loop() {
  while (acceptor_.is_open()) {
    auto [ec, socket] = co_await acceptor_.async_accept(quietly);
    if (ec == asio::error::operation_aborted) break;
    if (ec || context_.open.size() >=
                  limits::connections) {  // out of file descriptors, or of ours: let some go first
      asio::steady_timer breath{io_, sweep_interval};
      co_await breath.async_wait(quietly);
      continue;
    }
    spawn(io_.get_executor(), "http session", run_http_session(std::move(socket), context_));
  }
}

asio::awaitable<void> http_server::sweep_loop() {
  while (acceptor_.is_open() || context_.open.size() > 0) {
    sweep_timer_.expires_after(sweep_interval);
    co_await sweep_timer_.async_wait(quietly);
    context_.open.sweep();
  }
}

void http_server::stop(std::function<void()> done) {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  context_.open.shut_down();
  spawn(io_.get_executor(), "http stop", wait_for_sessions(std::move(done)));
}

asio::awaitable<void> http_server::wait_for_sessions(std::function<void()> done) {
  constexpr std::chrono::milliseconds look{10};
  asio::steady_timer timer{io_};
  for (auto waited = look; context_.open.size() > 0 && waited < limits::shutdown_time;
       waited += look) {
    timer.expires_after(look);
    co_await timer.async_wait(quietly);
  }
  done();
}

}  // namespace retrylab
