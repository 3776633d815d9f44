#include "edge/listen_address.hpp"

#include <charconv>

namespace retrylab {

namespace asio = boost::asio;

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

std::optional<std::string> listen_on(asio::ip::tcp::acceptor& acceptor,
                                     listen_address const& address) {
  asio::ip::tcp::endpoint const endpoint{asio::ip::make_address(address.host), address.port};
  boost::system::error_code ec;
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(asio::socket_base::reuse_address{true}, ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (!ec) return std::nullopt;
  return "cannot listen on " + address.host + ":" + std::to_string(address.port) + ": " +
         ec.message();
}

}  // namespace retrylab
