#include "bench/target.hpp"

#include "bench/response_reader.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>
#include <boost/url/parse.hpp>

#include <sys/socket.h>
#include <sys/time.h>

namespace retrylab::bench {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;

constexpr timeval fetch_time{.tv_sec = 30, .tv_usec = 0};

void limit_waiting(tcp::socket& socket) {
  for (int option : {SO_RCVTIMEO, SO_SNDTIMEO})
    ::setsockopt(socket.native_handle(), SOL_SOCKET, option, &fetch_time, sizeof fetch_time);
}

}  // namespace

result<target, bench_failure> parse_target(std::string_view url, url_scheme const& expected) {
  auto const wrong = [&](std::string const& why) {
    return bench_failure{"--url: \"" + std::string{url} + "\" " + why, EX_USAGE};
  };
  auto const parsed = boost::urls::parse_uri(url);
  std::string const scheme = expected.name;
  if (!parsed || parsed->host().empty()) return wrong("is not " + scheme + "://HOST:PORT");
  if (parsed->scheme() != scheme) return wrong("is not " + scheme + ", which this scenario speaks");
  if (parsed->has_query() || parsed->has_fragment() || parsed->has_userinfo())
    return wrong("may have nothing but host, port and path");
  target to;
  to.host = parsed->host_address();
  to.port = parsed->has_port() ? std::string{parsed->port()} : expected.default_port;
  to.base = std::string{parsed->encoded_path()};
  while (to.base.ends_with('/')) to.base.pop_back();
  to.authority = std::string{parsed->encoded_host_and_port()};
  return to;
}

result<tcp::endpoint, bench_failure> find_endpoint(target const& to) {
  asio::io_context io{1};
  tcp::resolver resolver{io};
  error_code ec;
  auto const found = resolver.resolve(to.host, to.port, ec);
  if (ec) return bench_failure{to.authority + ": " + ec.message()};
  tcp::socket socket{io};
  tcp::endpoint at = asio::connect(socket, found, ec);
  if (ec) return bench_failure{to.authority + ": " + ec.message()};
  return at;
}

std::string get_request(target const& to, std::string_view route) {
  return "GET " + to.base + std::string{route} + " HTTP/1.1\r\nHost: " + to.authority + "\r\n\r\n";
}

std::string post_request(target const& to, std::string_view route, std::string_view json) {
  return "POST " + to.base + std::string{route} + " HTTP/1.1\r\nHost: " + to.authority +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(json.size()) +
         "\r\n\r\n" + std::string{json};
}

result<std::string, bench_failure> fetch(target const& to, tcp::endpoint const& at,
                                         std::string_view route) {
  auto const failed = [&](std::string const& why) {
    return bench_failure{"GET " + std::string{route} + ": " + why};
  };
  asio::io_context io{1};
  tcp::socket socket{io};
  error_code ec;
  socket.connect(at, ec);
  if (ec) return failed(ec.message());
  limit_waiting(socket);
  asio::write(socket, asio::buffer(get_request(to, route)), ec);
  response_reader reader;
  read_state state = read_state::incomplete;
  while (!ec && state == read_state::incomplete) {
    std::span<char> const room = reader.space();
    reader.commit(socket.read_some(asio::buffer(room.data(), room.size()), ec));
    state = reader.next();
  }
  if (state == read_state::malformed) return failed("the answer is not HTTP");
  if (state == read_state::incomplete) return failed(ec.message());
  if (!reader.last().ok()) return failed("status " + std::to_string(reader.last().status));
  return result<std::string, bench_failure>{boost::system::in_place_value, reader.last().body};
}

}  // namespace retrylab::bench
