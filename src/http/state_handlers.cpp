// The whole system as it was at an earlier moment, and a job as it was then.

#include "actors/load_job.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "http/documents.hpp"
#include "http/handlers.hpp"
#include "http/job_queries.hpp"
#include "http/job_requests.hpp"
#include "http/past_moment.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace retrylab {
namespace {

constexpr std::array<job_status, 5> listed{job_status::scheduled, job_status::queued,
                                           job_status::running, job_status::retrying,
                                           job_status::failed};

struct state_query {
  past_moment moment;
  std::vector<job_status> list{job_status::running, job_status::failed};
  std::size_t limit = limits::past_listed;
};

// What is read of the past while nobody else looks at it.
struct past_summary {
  seq last{};
  timestamp now{};
  job_counts counts;
  system_state system;
  std::map<std::string, past_worker> workers;
  std::vector<std::pair<job_status, std::vector<job_id>>> lists;
  std::vector<job_id> next_due;
};

void read_statuses(query_reader& q, state_query& query) {
  auto const names = q.text("list");
  if (!names) return;
  query.list.clear();
  for (std::string_view rest = *names; !rest.empty();) {
    std::string_view const name = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    auto const status = parse_status(name);
    bool const known = status && std::find(listed.begin(), listed.end(), *status) != listed.end();
    if (!known) return q.fail("list", "must name SCHEDULED, QUEUED, RUNNING, RETRYING or FAILED");
    query.list.push_back(*status);
  }
}

result<state_query, response> read_query(request const& req) {
  query_reader q{req};
  state_query query;
  query.moment = read_moment(q);
  read_statuses(q, query);
  if (auto const limit = q.number("limit", 1, limits::past_listed_max))
    query.limit = static_cast<std::size_t>(*limit);
  if (auto bad = q.finish()) return std::move(*bad);
  return query;
}

past_summary summarise(past_system const& past, timestamp now, state_query const& query) {
  past_summary s{past.last(), now, past.counts(now), past.system(), past.workers(), {}, {}};
  for (job_status status : query.list)
    s.lists.emplace_back(status, past.list(status, now, query.limit));
  s.next_due = past.next_due(now, query.limit);
  return s;
}

void append_queue(std::string& out, std::string const& name, past_summary const& s) {
  auto const found = s.system.queues.find(name);
  queue_settings const settings = found == s.system.queues.end() ? queue_settings{} : found->second;
  auto const counted = s.counts.by_queue.find(name);
  status_counts const counts =
      counted == s.counts.by_queue.end() ? status_counts{} : counted->second;
  json_writer w{out};
  w.string("name", name).boolean("paused", settings.paused).string("pause_reason", settings.reason);
  w.number("concurrency", settings.concurrency ? std::optional<std::int64_t>{*settings.concurrency}
                                               : std::nullopt);
  w.raw("by_status", std::string_view{by_status_document(counts)}).close();
}

void append_queues(std::string& out, past_summary const& s) {
  std::set<std::string> names;
  for (auto const& [name, settings] : s.system.queues) names.insert(name);
  for (auto const& [name, counts] : s.counts.by_queue) names.insert(name);
  out += '[';
  for (std::string const& name : names) {
    if (out.back() != '[') out += ',';
    append_queue(out, name, s);
  }
  out += ']';
}

void append_workers(std::string& out, past_summary const& s) {
  out += '[';
  for (auto const& [name, worker] : s.workers) {
    if (out.back() != '[') out += ',';
    json_writer w{out};
    w.string("name", name).string("host", worker.host);
    w.string("state", worker.quiet ? "quiet" : "running").boolean("lost", worker.lost);
    w.time("since", worker.since).time("seen_at", worker.seen_at).close();
  }
  out += ']';
}

void append_policies(std::string& out, past_summary const& s) {
  out += '[';
  for (auto const& [name, p] : s.system.policies) {
    if (out.back() != '[') out += ',';
    json_writer w{out};
    w.string("name", name).number("version", p.version);
    w.nested("policy", [&](std::string& to) { append(to, p.policy); }).close();
  }
  out += ']';
}

// Jobs whose streams were purged meanwhile are left out.
std::string jobs_then(event_reader& log, std::vector<job_id> const& ids, past_summary const& s) {
  std::vector<job_state> states;
  for (std::optional<job_state>& state : load_jobs_until(log, ids, s.last)) {
    if (state && state->exists()) states.push_back(std::move(*state));
  }
  return jobs_document(states, s.now);
}

std::string state_document(past_summary const& s, seq newest, event_reader& log) {
  std::string out;
  json_writer w{out};
  w.number("seq", static_cast<std::int64_t>(s.last.value)).time("at", s.now);
  w.number("newest_seq", static_cast<std::int64_t>(newest.value));
  std::int64_t total = 0;
  for (std::int64_t n : s.counts.total) total += n;
  w.number("total", total).raw("by_status", std::string_view{by_status_document(s.counts.total)});
  w.number("purged_jobs", static_cast<std::int64_t>(s.system.purged_jobs));
  w.nested("queues", [&](std::string& to) { append_queues(to, s); });
  w.nested("workers", [&](std::string& to) { append_workers(to, s); });
  w.nested("policies", [&](std::string& to) { append_policies(to, s); });
  w.nested("rules", [&](std::string& to) { append(to, s.system.rules); });
  w.nested("jobs", [&](std::string& to) {
    json_writer lists{to};
    for (auto const& [status, ids] : s.lists)
      lists.raw(to_string(status), std::string_view{jobs_then(log, ids, s)});
    lists.close();
  });
  w.raw("next_due", std::string_view{jobs_then(log, s.next_due, s)}).close();
  return out;
}

}  // namespace

handler_result get_state(request const& req, server_context& server) {
  auto const query = read_query(req);
  if (!query) co_return query.error();
  seq const newest = server.core.acknowledged();
  auto read = [q = *query, newest, &past = server.past](readers& r) -> response {
    auto const at = resolve(q.moment, newest, past);
    if (!at) return past_problem(at.error());
    past_summary summary;
    auto const failure = past.visit(*at, [&](past_system const& system) {
      summary = summarise(system, q.moment.time.value_or(system.at()), q);
    });
    if (failure) return past_problem(*failure);
    response answer;
    answer.body = state_document(summary, newest, *r.log);
    return answer;
  };
  auto answer = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!answer) co_return reads_overloaded();
  co_return std::move(*answer);
}

handler_result get_job_then(job_id job, past_moment moment, server_context& server) {
  seq const newest = server.core.acknowledged();
  auto read = [job, moment, newest, &past = server.past](readers& r) -> response {
    auto const at = resolve(moment, newest, past);
    if (!at) return past_problem(at.error());
    std::vector<job_id> const one{job};
    auto const state = std::move(load_jobs_until(*r.log, one, *at).front());
    if (!state) return reads_overloaded();
    if (!state->exists())
      return problem(404, "there was no job " + std::to_string(job.value) + " at event " +
                              std::to_string(at->value) + ", or it was purged since");
    response answer;
    answer.body = job_document(*state, moment.time.value_or(state->updated_at));
    return answer;
  };
  auto answer = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!answer) co_return reads_overloaded();
  co_return std::move(*answer);
}

}  // namespace retrylab
