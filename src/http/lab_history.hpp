#pragma once
// Jobs that really came, from the server's own log, for a run of the lab. The log is read a few
// thousand events at a time in the read pool, so that other reads have their turn.

#include "http/message.hpp"
#include "http/server_context.hpp"
#include "lab/lab_order.hpp"

#include <boost/asio/awaitable.hpp>

namespace retrylab {

struct history_request {
  log_stretch which;
  std::optional<std::size_t> slots{};  // none: as many attempts at a time as there were
};

// The order's "history", an object; complaints are left in `fields`.
[[nodiscard]] history_request read_history_request(json_fields& fields, std::string_view object);

// The order with its plan made of what the log has; or the answer that says why not: 422 when the
// stretch has no job, or is too long (limits::lab_run_jobs, limits::lab_history_events); 429 while
// the log is being read for another one.
boost::asio::awaitable<result<lab_order, response>> with_history(server_context& server,
                                                                 lab_order order,
                                                                 history_request wanted);

}  // namespace retrylab
