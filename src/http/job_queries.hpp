#pragma once
// What the queries of lists ask for, checked parameter by parameter.

#include "events/core/result.hpp"
#include "events/view.hpp"
#include "http/message.hpp"
#include "http/query_reader.hpp"

#include <set>

namespace retrylab {

// Errors are ready to be sent and name every parameter that is wrong: 400 for one that is unknown
// or malformed, 422 for a sort order, a cursor or a text that cannot be used.
[[nodiscard]] result<job_query, response> read_job_query(request const& req);
// The filters only; complaints are left in `parameters`.
[[nodiscard]] job_query read_job_filters(query_reader& q);

struct histogram_query {
  job_query which{};
  std::size_t bins = 60;
};
[[nodiscard]] result<histogram_query, response> read_histogram_query(request const& req);

struct event_query {
  seq after{};
  std::size_t limit = 100;
  std::set<std::string> types{};  // none: all; no more than there are types
  std::optional<job_id> job{};
};
[[nodiscard]] result<event_query, response> read_event_query(request const& req);

// A place in a list of that order: opaque to clients, and refused for a list of another order.
[[nodiscard]] std::string cursor_text(list_order order, job_id past);

}  // namespace retrylab
