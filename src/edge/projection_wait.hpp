#pragma once
// Read your writes: a list read after an acknowledged write shows it.

#include "actors/engine.hpp"

#include <boost/asio/awaitable.hpp>

namespace retrylab {

// Until the views have reached everything that was acknowledged when this was called, at most 200
// ms: a list that is late is better than none. How many of those events the views lack then.
boost::asio::awaitable<std::uint64_t> until_projected(engine& core);

}  // namespace retrylab
