#pragma once
// One WebSocket client: a read loop that takes subscriptions and a write loop that sends frames, at
// most ten a second. There is one writer, and its memory is one frame: a client that does not read
// holds back nobody else.

#include "http/server_context.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

namespace retrylab {

// Everything outlives the call.
boost::asio::awaitable<void> run_websocket_session(
    boost::asio::ip::tcp::socket& socket,
    boost::beast::http::request<boost::beast::http::empty_body> upgrade, server_context& server,
    connections::handle entry);

}  // namespace retrylab
