#pragma once
// One connection: requests one after the other, until it closes, errs, idles too long or becomes a
// WebSocket. The session is one coroutine and its locals are its state.

#include "http/server_context.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace retrylab {

// The context outlives the session: the server waits for its connections before it goes.
boost::asio::awaitable<void> run_http_session(boost::asio::ip::tcp::socket socket,
                                              server_context& server);

}  // namespace retrylab
