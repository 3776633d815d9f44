// Runs of the lab: a scenario comes as text or as JSON, or is made of what the log has, is read in
// the read pool, and played by lab_runs on its own thread. No file is read.

#include "actors/runtime/completion.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "http/handlers.hpp"
#include "http/job_requests.hpp"
#include "http/lab_history.hpp"
#include "http/problem.hpp"
#include "http/query_reader.hpp"
#include "http/server_context.hpp"
#include "lab/lab_runs.hpp"
#include "lab/scenario_reader.hpp"
#include "lab/scenario_values.hpp"

#include <fmt/format.h>

namespace retrylab {
namespace {

// JSON is YAML: an object is read as it stands.
std::optional<std::string> read_text(json_fields& f) {
  auto const raw = f.raw("scenario");
  if (!raw) return f.fail("scenario", "or history is required"), std::nullopt;
  if (raw->front() != '"' && raw->front() != '{')
    return f.fail("scenario", "must be an object, or text in YAML"), std::nullopt;
  std::string text = raw->front() == '"' ? json_text(*raw) : std::string{*raw};
  if (text.size() <= limits::lab_run_bytes) return text;
  f.fail("scenario", fmt::format("is larger than {} bytes; retrylab lab run takes more",
                                 limits::lab_run_bytes));
  return std::nullopt;
}

policy_choice read_choice(json_fields& f, std::string_view name, scenario const& s) {
  auto const raw = f.raw(name);
  if (!raw) return {as_written};
  if (raw->front() == '"') {
    std::string const wanted = json_text(*raw);
    if (wanted != as_written && !s.policies.contains(wanted))
      f.fail(name, "must be \"scenario\", the name of one of its policies, or a retry policy");
    return {wanted};
  }
  if (raw->front() != '{')
    return f.fail(name, "must be a name or a retry policy"), policy_choice{as_written};
  json_fields one{*raw, std::string{name} + ".", json_fields::checked::yes};
  policy_choice choice{"", read_retry_policy(one)};
  f.adopt(one.errors());
  return choice;
}

response wrong_scenario(complaints const& all) {
  std::vector<field_error> errors;
  for (scenario_error const& e : all)
    errors.push_back({e.field.empty() ? "scenario" : "scenario." + e.field, e.message, e.line});
  return problem(422, describe(all.front(), "scenario"), errors);
}

result<scenario, response> read_plan(std::string const& text) {
  auto plan = read_scenario(text);
  if (!plan) return wrong_scenario(plan.error());
  if (expected_jobs(*plan) > limits::lab_run_jobs)
    return wrong_scenario(
        {{plan->jobs.front().line, "jobs",
          fmt::format("are more than {} in all; retrylab lab run takes {}",
                      print_count(limits::lab_run_jobs), print_count(limits::lab_jobs))}});
  return std::move(*plan);
}

struct wanted_run {
  lab_order order;
  std::optional<history_request> history{};  // what the plan is to be made of, in place of a text
};

result<wanted_run, response> read_order(std::string_view body) {
  json_fields f{body};
  wanted_run wanted;
  auto const history = f.raw("history");
  if (history) wanted.history = read_history_request(f, *history);
  if (history && f.raw("scenario")) f.fail("history", "and scenario exclude each other");
  auto text = history ? std::string{} : read_text(f);
  auto const seed = f.in_range("seed", 0, INT64_MAX);
  static_cast<void>(f.raw("a"));
  static_cast<void>(f.raw("b"));
  f.finish();
  if (!f.ok()) return bad_fields(f);
  lab_order& order = wanted.order;
  if (!history) {
    auto plan = read_plan(*text);
    if (!plan) return plan.error();
    order.plan = std::move(*plan);
  }
  if (seed) order.plan.seed = static_cast<std::uint64_t>(*seed);
  order.a = read_choice(f, "a", order.plan);
  if (f.raw("b")) order.b = read_choice(f, "b", order.plan);
  if (!f.ok()) return bad_fields(f);
  order.text = std::move(*text);
  return wanted;
}

response no_run(request const& req) {
  return problem(404, "there is no run " + req.params.at(0) + ", or no longer");
}

std::uint64_t id_of(request const& req) { return unsigned_number(req.params.at(0)).value_or(0); }

response refusal(lab_look_error why, request const& req) {
  switch (why) {
    case lab_look_error::no_run:
      return no_run(req);
    case lab_look_error::not_yet:
      return problem(409, "the run has not ended");
    case lab_look_error::no_job:
      return problem(404, "the run has no job " + req.params.at(1));
    case lab_look_error::busy:
      return retry_later(503,
                         "another run is being played; a job is found by playing its run again");
    case lab_look_error::stopping:
      break;
  }
  return retry_later(503, "the server is stopping");
}

}  // namespace

handler_result post_lab_run(request const& req, server_context& server) {
  auto read = [&req](readers&) { return read_order(req.body); };
  auto wanted = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!wanted) co_return reads_overloaded();
  if (!*wanted) co_return (*wanted).error();
  lab_order order = std::move((*wanted)->order);
  if ((*wanted)->history) {
    auto filled = co_await with_history(server, std::move(order), std::move(*(*wanted)->history));
    if (!filled) co_return filled.error();
    order = std::move(*filled);
  }
  auto const run = server.lab.start(std::move(order), server.core.ports().time.now());
  if (!run)
    co_return retry_later(429, fmt::format("at most {} runs wait", limits::lab_runs_waiting));
  response r;
  r.status = 202;
  append_brief(r.body, *run);
  co_return r;
}

handler_result get_lab_runs(request const&, server_context& server) {
  response r;
  r.body = "[";
  for (lab_run_view const& run : server.lab.list()) {
    if (r.body.size() > 1) r.body += ',';
    append_brief(r.body, run);
  }
  r.body += ']';
  co_return r;
}

handler_result get_lab_run(request const& req, server_context& server) {
  auto const run = server.lab.find(id_of(req));
  if (!run) co_return no_run(req);
  response r;
  append_whole(r.body, *run);
  co_return r;
}

handler_result delete_lab_run(request const& req, server_context& server) {
  auto const run = server.lab.stop(id_of(req));
  if (!run && run.error() == lab_stop_error::no_run) co_return no_run(req);
  if (!run) co_return problem(409, "the run has ended");
  response r;
  r.status = 202;
  append_brief(r.body, *run);
  co_return r;
}

handler_result get_lab_run_job(request const& req, server_context& server) {
  std::uint64_t const id = id_of(req);
  auto const job = read_job_id(req.params.at(1));
  if (!job) co_return refusal(lab_look_error::no_job, req);
  auto start = [&server, id, job = *job](completion<lab_look> waiting) mutable {
    server.lab.look(id, job, std::move(waiting).as_callback());
  };
  lab_look const found = co_await suspend_with<lab_look>(std::move(start));
  if (!found) co_return refusal(found.error(), req);
  response r;
  r.body = **found;
  co_return r;
}

}  // namespace retrylab
