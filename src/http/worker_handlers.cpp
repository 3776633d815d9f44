// The worker processes and what an operator tells them.

#include "http/documents.hpp"
#include "http/handlers.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

namespace retrylab {
namespace {

void append_attempts(std::string& out, std::vector<lease_holder> const& held) {
  out += '[';
  for (lease_holder const& h : held) {
    if (out.back() != '[') out += ',';
    json_writer w{out};
    w.number("job", static_cast<std::int64_t>(h.job.value))
        .number("fence", static_cast<std::int64_t>(h.fence.value))
        .close();
  }
  out += ']';
}

void append_worker(std::string& out, worker_info const& info, leases const& attempts) {
  json_writer w{out};
  w.string("name", info.about.name).string("host", info.about.host);
  w.number("pid", info.about.pid).strings("labels", info.about.labels);
  w.string("protocol", info.about.protocol).string("state", to_string(info.state));
  w.strings("queues", info.queues);
  w.boolean("lost", info.lost).number("connections", static_cast<std::int64_t>(info.connections));
  w.number("rss_kb", info.rss_kb).number("beats", static_cast<std::int64_t>(info.beats));
  w.time("since", info.since).time("seen_at", info.seen_at);
  w.nested("running",
           [&](std::string& to) { append_attempts(to, attempts.held_by(info.about.name)); });
  w.close();
}

handler_result tell(request const& req, server_context& server, worker_state state) {
  std::string const& name = req.params.at(0);
  if (!server.core.known().tell(name, state)) co_return problem(404, "there is no worker " + name);
  response r;
  append_worker(r.body, *server.core.known().find(name), server.core.attempts());
  co_return r;
}

}  // namespace

handler_result get_workers(request const&, server_context& server) {
  response r;
  r.body = "[";
  for (auto const& [name, info] : server.core.known().all()) {
    if (r.body.size() > 1) r.body += ',';
    append_worker(r.body, info, server.core.attempts());
  }
  r.body += ']';
  co_return r;
}

handler_result post_worker_quiet(request const& req, server_context& server) {
  return tell(req, server, worker_state::quiet);
}

handler_result post_worker_terminate(request const& req, server_context& server) {
  return tell(req, server, worker_state::terminate);
}

}  // namespace retrylab
