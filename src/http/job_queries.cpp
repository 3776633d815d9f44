#include "http/job_queries.hpp"

#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "http/query_reader.hpp"

#include <algorithm>
#include <limits>

namespace retrylab {
namespace {

constexpr std::uint64_t any_number = std::numeric_limits<std::int64_t>::max();

std::string_view to_string(list_order order) {
  return order == list_order::newest_first ? "-id" : "id";
}

void read_statuses(query_reader& q, job_query& query) {
  for (std::string const& name : q.list("status")) {
    auto const status = parse_status(name);
    if (!status)
      return q.fail("status",
                    "must be SCHEDULED, QUEUED, RUNNING, RETRYING, SUCCEEDED, FAILED, CANCELLED "
                    "or DISCARDED");
    query.statuses.push_back(*status);
  }
}

void read_event_types(query_reader& q, event_query& query) {
  for (std::string& name : q.list("type")) {
    if (!is_job_event(name) && !is_system_event(name))
      return q.fail("type", "has \"" + name + "\", which is no type of an event");
    query.types.insert(std::move(name));
  }
}

std::optional<std::string> read_part(query_reader& q, std::string_view name) {
  auto part = q.text(name);
  if (part && part->size() > limits::filter_chars)
    q.refuse(name, "must have at most " + std::to_string(limits::filter_chars) + " bytes");
  return part;
}

void read_position(query_reader& q, job_query& query) {
  if (auto const sort = q.text("sort")) {
    if (*sort != "id" && *sort != "-id") q.refuse("sort", "must be -id (newest first) or id");
    if (*sort == "id") query.order = list_order::oldest_first;
  }
  auto const cursor = q.text("cursor");
  if (!cursor) return;
  std::size_t const dot = cursor->find('.');
  std::string_view const sort = std::string_view{*cursor}.substr(0, dot);
  auto const id = dot == std::string::npos
                      ? std::nullopt
                      : unsigned_number(std::string_view{*cursor}.substr(dot + 1));
  if (!id || (sort != "id" && sort != "-id"))
    return q.fail("cursor", "must be one from the Link header of an earlier page");
  if (sort != to_string(query.order))
    return q.refuse("cursor", "belongs to a list sorted by " + std::string{sort});
  query.past = job_id{*id};
}

}  // namespace

std::string cursor_text(list_order order, job_id past) {
  return std::string{to_string(order)} + "." + std::to_string(past.value);
}

job_query read_job_filters(query_reader& q) {
  job_query query;
  read_statuses(q, query);
  query.type = q.text("type");
  query.queue = q.text("queue");
  query.tags = q.texts("tag");
  if (query.tags.size() > limits::tags)
    q.refuse("tag", "must be at most " + std::to_string(limits::tags));
  query.text = read_part(q, "q");
  query.error = read_part(q, "error");
  query.created_from = q.time("created_after");
  query.created_until = q.time("created_before");
  return query;
}

result<job_query, response> read_job_query(request const& req) {
  query_reader q{req};
  job_query query = read_job_filters(q);
  if (auto const n = q.number("limit", 1, limits::page_jobs)) query.limit = *n;
  read_position(q, query);
  if (auto bad = q.finish()) return std::move(*bad);
  return query;
}

result<histogram_query, response> read_histogram_query(request const& req) {
  query_reader q{req};
  histogram_query query{read_job_filters(q)};
  if (auto const n = q.number("bins", 1, limits::histogram_bins)) query.bins = *n;
  auto const& [from, until] = std::tie(query.which.created_from, query.which.created_until);
  if (from && until && *until <= *from)
    q.refuse("created_before", "must be later than created_after");
  if (auto bad = q.finish()) return std::move(*bad);
  return query;
}

result<event_query, response> read_event_query(request const& req) {
  query_reader q{req};
  event_query query;
  if (auto const n = q.number("after", 0, any_number)) query.after = seq{*n};
  if (auto const n = q.number("limit", 1, limits::page_events)) query.limit = *n;
  read_event_types(q, query);
  if (auto const n = q.number("job", 0, any_number)) query.job = job_id{*n};
  if (auto bad = q.finish()) return std::move(*bad);
  return query;
}

}  // namespace retrylab
