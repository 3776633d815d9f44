#include "http/http_server.hpp"

#include "actors/runtime/spawn.hpp"
#include "events/core/limits.hpp"
#include "http/http_session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <charconv>

namespace retrylab {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

std::string described(std::string_view what, boost::system::error_code ec) {
  return std::string{what} + ": " + ec.message();
}

}  // namespace

result<listen_address, std::string> parse_listen_address(std::string_view text) {
  std::size_t const colon = text.rfind(':');
  std::string bad = "\"" + std::string{text} + "\" is not HOST:PORT";
  if (colon == std::string_view::npos) return bad;
  std::string_view host = text.substr(0, colon);
  std::string_view const digits = text.substr(colon + 1);
  listen_address out;
  auto const [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
  if (digits.empty() || ec != std::errc{} || end != digits.data() + digits.size()) return bad;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  out.host = host == "localhost" ? "127.0.0.1" : std::string{host};
  boost::system::error_code address_ec;
  auto const address = asio::ip::make_address(out.host, address_ec);
  if (address_ec) return bad;
  if (!address.is_loopback())
    return out.host +
           " is not a loopback address; without authentication RetryLab listens on loopback only";
  return out;
}

http_server::http_server(asio::io_context& io, server_context& context)
    : io_(io), context_(context), acceptor_(io), sweep_timer_(io) {}

std::optional<std::string> http_server::listen(listen_address const& address) {
  std::string const where = address.host + ":" + std::to_string(address.port);
  tcp::endpoint const endpoint{asio::ip::make_address(address.host), address.port};
  boost::system::error_code ec;
  acceptor_.open(endpoint.protocol(), ec);
  if (!ec) acceptor_.set_option(asio::socket_base::reuse_address{true}, ec);
  if (!ec) acceptor_.bind(endpoint, ec);
  if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return described("cannot listen on " + where, ec);
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
