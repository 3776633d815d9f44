#pragma once
// The server that is measured: its address, the bytes of requests to it, and single questions that
// are asked outside of the load. Thread rule: none, nothing here keeps state.

#include "events/core/result.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <string>
#include <string_view>
#include <sysexits.h>

namespace retrylab::bench {

// A run that cannot go on: a sentence for the user, and the exit code that goes with it.
struct bench_failure {
  std::string message;
  int exit_code = EX_UNAVAILABLE;
};

struct target {
  std::string host;
  std::string port;
  std::string base;       // path before every route, "" or "/prefix"
  std::string authority;  // the Host header
};

struct url_scheme {
  char const* name;
  char const* default_port;
};
inline constexpr url_scheme http_scheme{"http", "80"};
inline constexpr url_scheme faktory_scheme{"tcp", "7419"};

// SCHEME://HOST[:PORT][/PREFIX]; EX_USAGE when it is anything else.
[[nodiscard]] result<target, bench_failure> parse_target(std::string_view url,
                                                         url_scheme const& expected);

// Resolves the name, blocking; of several addresses the first that accepts a connection.
[[nodiscard]] result<boost::asio::ip::tcp::endpoint, bench_failure> find_endpoint(target const& to);

[[nodiscard]] std::string get_request(target const& to, std::string_view route);
[[nodiscard]] std::string post_request(target const& to, std::string_view route,
                                       std::string_view json);

// GET over a connection of its own, blocking, at most 30 s. The body, or why there is none.
[[nodiscard]] result<std::string, bench_failure> fetch(target const& to,
                                                       boost::asio::ip::tcp::endpoint const& at,
                                                       std::string_view route);

}  // namespace retrylab::bench
