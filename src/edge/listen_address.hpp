#pragma once
// Where a server listens.

#include "events/core/result.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace retrylab {

struct listen_address {
  std::uint16_t port = 0;
  std::string host;
};

// "127.0.0.1:8000", "[::1]:0", "localhost:8000". Only loopback: without authentication nothing else
// is safe.
[[nodiscard]] result<listen_address, std::string> parse_listen_address(std::string_view text);

// Opens, binds and listens. The error is a sentence.
[[nodiscard]] std::optional<std::string> listen_on(boost::asio::ip::tcp::acceptor& acceptor,
                                                   listen_address const& address);

}  // namespace retrylab
