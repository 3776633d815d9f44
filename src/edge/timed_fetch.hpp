#pragma once
// A worker waits for a job, but not for ever.

#include "actors/engine.hpp"

#include <boost/asio/awaitable.hpp>

namespace retrylab {

// Nothing once the time is over, or when the server stops. The time is real time, whatever the
// engine's clock says: it is the client that waits.
boost::asio::awaitable<fetch_answer> timed_fetch(engine& core, fetch_request request,
                                                 std::chrono::milliseconds time);

}  // namespace retrylab
