#pragma once
// A worker waits for a job, but not for ever.

#include "actors/engine.hpp"

#include <boost/asio/awaitable.hpp>

namespace retrylab {

// Whether a rule has a fault of this kind now; it is recorded then.
boost::asio::awaitable<std::optional<fault_rule>> ask_fault(engine& core, fault_kind kind,
                                                            fault_subject subject);

// Nothing once the time is over, or when the server stops. The time is real time, whatever the
// engine's clock says: it is the client that waits.
boost::asio::awaitable<fetch_answer> timed_fetch(engine& core, fetch_request request,
                                                 std::chrono::milliseconds time);

}  // namespace retrylab
