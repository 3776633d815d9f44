#pragma once
// Which addresses a webhook may be sent to unless its configuration says that its service is a
// private one: those of the public internet. Asked of the very address that is connected to, so a
// name that resolves to another one later gains nothing.
//
// Source: IANA's registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890), multicast
// (RFC 5771, RFC 4291).

#include <boost/asio/ip/address.hpp>

namespace retrylab {

[[nodiscard]] bool is_public(boost::asio::ip::address const& address);

}  // namespace retrylab
