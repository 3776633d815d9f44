#include "actors/load_job.hpp"
#include "events/core/limits.hpp"
#include "events/json_writer.hpp"
#include "http/documents.hpp"
#include "http/handlers.hpp"
#include "http/job_queries.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

#include <algorithm>

namespace retrylab {
namespace {

// How many events one request may look at when it wants few of them; it goes on from X-Scanned-To.
constexpr std::size_t scan_max = 50'000;

struct event_page {
  std::vector<stored_event> events;
  seq scanned{};
};

bool wants(event_query const& q, stored_event const& e) {
  return (q.types.empty() || q.types.contains(e.type)) && (!q.job || e.job == *q.job);
}

result<event_page, store_failure> read_events(event_reader& log, event_query const& q) {
  event_page page{{}, q.after};
  for (std::size_t scanned = 0; scanned < scan_max && page.events.size() < q.limit;) {
    auto const rows = log.read_all(page.scanned, limits::page_events);
    if (!rows) return rows.error();
    for (stored_event const& e : *rows) {
      if (page.events.size() == q.limit) break;
      page.scanned = e.seq;
      if (wants(q, e)) page.events.push_back(e);
    }
    scanned += rows->size();
    if (rows->size() < limits::page_events) break;
  }
  return page;
}

result<event_page, store_failure> read_job_events(event_reader& log, event_query const& q) {
  auto const all = read_whole_stream(log, *q.job);
  if (!all) return store_failure{store_failure::kind::broken, "the stream cannot be read"};
  event_page page{{}, q.after};
  for (stored_event const& e : *all) {
    if (e.seq <= q.after || !wants(q, e)) continue;
    if (page.events.size() == q.limit) break;
    page.events.push_back(e);
    page.scanned = e.seq;
  }
  return page;
}

}  // namespace

handler_result get_health(request const&, server_context& server) {
  auto const uptime =
      std::chrono::duration_cast<milliseconds>(server.core.ports().time.now() - server.started_at);
  response r;
  json_writer w{r.body};
  w.boolean("ok", true).string("version", RETRYLAB_VERSION).number("uptime_ms", uptime.count());
  w.number("seq", static_cast<std::int64_t>(server.core.acknowledged().value));
  w.number("projected_seq", static_cast<std::int64_t>(server.core.feed().newest().value));
  w.close();
  co_return r;
}

handler_result get_ready(request const&, server_context& server) {
  if (!server.ready || server.open.shutting_down())
    co_return problem(503, "the server starts or stops");
  response r;
  r.body = R"({"ready":true})";
  co_return r;
}

handler_result get_events(request const& req, server_context& server) {
  auto const query = read_event_query(req);
  if (!query) co_return query.error();
  auto read = [q = *query](readers& r) {
    return q.job && *q.job != system_id ? read_job_events(*r.log, q) : read_events(*r.log, q);
  };
  auto const page = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!page || !*page) co_return reads_overloaded();
  response r;
  r.body = events_document((*page)->events);
  r.headers.emplace_back("X-Scanned-To", std::to_string((*page)->scanned.value));
  co_return r;
}

}  // namespace retrylab
