#include "edge/projection_wait.hpp"
#include "http/documents.hpp"
#include "http/handlers.hpp"
#include "http/job_queries.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

namespace retrylab {
namespace {

// The same query from the next place on.
std::string link_to(request const& req, list_order order, job_id next) {
  std::string target = "/jobs?";
  for (auto const& [name, value] : req.query) {
    if (name != "cursor") target += percent_encoded(name) + "=" + percent_encoded(value) + "&";
  }
  return "<" + target + "cursor=" + cursor_text(order, next) + ">; rel=\"next\"";
}

}  // namespace

handler_result get_jobs(request const& req, server_context& server) {
  auto const query = read_job_query(req);
  if (!query) co_return query.error();
  std::uint64_t const behind = co_await until_projected(server.core);
  timestamp const now = server.core.ports().time.now();
  auto read = [q = *query, now](readers& r) { return r.jobs->list(q, now); };
  auto const page = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!page || !*page) co_return reads_overloaded();
  response r;
  tell_behind(r, behind);
  r.body = jobs_document((*page)->jobs, now);
  r.headers.emplace_back("X-Total-Count", std::to_string((*page)->total));
  if ((*page)->estimated) r.headers.emplace_back("X-Total-Estimated", "true");
  if ((*page)->next) r.headers.emplace_back("Link", link_to(req, query->order, *(*page)->next));
  co_return r;
}

handler_result get_job_histogram(request const& req, server_context& server) {
  auto const query = read_histogram_query(req);
  if (!query) co_return query.error();
  std::uint64_t const behind = co_await until_projected(server.core);
  timestamp const now = server.core.ports().time.now();
  auto read = [q = *query, now](readers& r) { return r.jobs->histogram(q.which, q.bins, now); };
  auto const found = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!found || !*found) co_return reads_overloaded();
  response r;
  tell_behind(r, behind);
  r.body = histogram_document(**found);
  co_return r;
}

}  // namespace retrylab
