// Counts, rates and the history.

#include "edge/projection_wait.hpp"
#include "http/handlers.hpp"
#include "http/metrics.hpp"
#include "http/problem.hpp"
#include "http/query_reader.hpp"
#include "http/server_context.hpp"
#include "http/stats_documents.hpp"

namespace retrylab {
namespace {

constexpr int slots_by_default = 300;

std::optional<resolution> parse_resolution(std::string_view name) {
  for (resolution r : {resolution::second, resolution::minute, resolution::hour}) {
    if (resolution_names[static_cast<std::size_t>(r)] == name) return r;
  }
  return std::nullopt;
}

result<history_query, response> read_history_query(request const& req, timestamp now) {
  query_reader q{req};
  history_query query;
  if (auto const name = q.text("resolution")) {
    auto const of = parse_resolution(*name);
    if (!of) q.fail("resolution", "must be second, minute or hour");
    query.of = of.value_or(query.of);
  }
  auto const from = q.time("from");
  auto const to = q.time("to");
  query.until = to.value_or(now + microseconds{1});
  query.from = from.value_or(query.until - width(query.of) * slots_by_default);
  if (from && query.from >= query.until)
    q.fail("from", to ? "must be before to" : "must be before now");
  if (auto bad = q.finish()) return std::move(*bad);
  return query;
}

metric_sources sources(server_context& server) {
  engine& core = server.core;
  metric_sources s;
  s.started_at = server.started_at;
  s.log_seq = core.acknowledged();
  s.projected_seq = core.feed().newest();
  s.connections = server.open.size();
  s.purged_jobs = core.purged_jobs();
  return s;
}

void add_queues(metric_sources& s, engine& core) {
  for (std::string const& name : core.queues().names()) s.jobs.by_queue.try_emplace(name);
  for (auto const& [name, counts] : s.jobs.by_queue)
    s.queues[name] = {core.ready(name), core.running(name)};
}

}  // namespace

handler_result get_stats(request const&, server_context& server) {
  std::uint64_t const behind = co_await until_projected(server.core);
  auto read = [now = server.core.ports().time.now(),
               &history = server.history](readers& r) -> view_result<std::string> {
    auto const counts = r.jobs->counts(now);
    if (!counts) return counts.error();
    return stats_document(*counts, history, now);
  };
  auto const document = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!document || !*document) co_return reads_overloaded();
  response r;
  tell_behind(r, behind);
  r.body = **document;
  co_return r;
}

handler_result get_stats_history(request const& req, server_context& server) {
  auto const query = read_history_query(req, server.core.ports().time.now());
  if (!query) co_return query.error();
  std::uint64_t const behind = co_await until_projected(server.core);
  // Thousands of slots take milliseconds to write, which the io thread does not have.
  auto read = [q = *query, &history = server.history](readers&) {
    return history_document(q, history);
  };
  auto document = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!document) co_return reads_overloaded();
  response r;
  tell_behind(r, behind);
  r.body = std::move(*document);
  co_return r;
}

handler_result get_metrics(request const&, server_context& server) {
  auto read = [now = server.core.ports().time.now()](readers& r) { return r.jobs->counts(now); };
  auto const counts = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!counts || !*counts) co_return reads_overloaded();
  metric_sources s = sources(server);
  s.jobs = **counts;
  s.ever = server.history.ever();
  add_queues(s, server.core);
  response r;
  r.content_type = metrics_content_type;
  r.body = metrics_text(s);
  co_return r;
}

}  // namespace retrylab
