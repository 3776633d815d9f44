#pragma once
// The table of routes, and the checks that stand before each of them.

#include "http/handlers.hpp"

#include <span>
#include <string_view>

namespace retrylab {

struct route {
  std::string_view method;
  std::string_view pattern;  // "{…}" is one segment, "…/*" everything below
  handler_result (*handler)(request const&, server_context&);
};

[[nodiscard]] std::span<route const> routes();

// Fills in the request's params. Answers 404, 405, 421 and 403 by itself.
handler_result dispatch(request& req, server_context& server);

// Whether a browser page of another origin may be behind this request (RFC 6454; Fetch's
// Sec-Fetch-Site).
[[nodiscard]] bool is_cross_origin(request const& req);
// Whether `host` (of a Host field) is this server, listening on loopback. Anything else may be a
// rebound DNS name.
[[nodiscard]] bool is_own_host(std::string_view host, std::uint16_t port);

}  // namespace retrylab
