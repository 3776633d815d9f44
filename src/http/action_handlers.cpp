// Bulk operations: one action on many jobs, in the background, with progress.

#include "edge/projection_wait.hpp"
#include "events/core/limits.hpp"
#include "events/json_writer.hpp"
#include "http/handlers.hpp"
#include "http/job_queries.hpp"
#include "http/job_requests.hpp"
#include "http/problem.hpp"
#include "http/query_reader.hpp"
#include "http/server_context.hpp"

#include <algorithm>

namespace retrylab {
namespace {

// What an action asks of a job, and of which jobs when the filter names no status.
struct action {
  std::string_view name;
  job_command (*wish)(std::string reason);
  std::vector<job_status> usual;
};

std::vector<action> const& actions() {
  static std::vector<action> const all{
      {"retry",
       [](std::string why) -> job_command { return retry_job{"operator", why, {}, {}, {}}; },
       {job_status::failed}},
      {"cancel",
       [](std::string why) -> job_command { return cancel_job{"operator", why}; },
       {job_status::scheduled, job_status::queued, job_status::running, job_status::retrying}},
      {"discard",
       [](std::string why) -> job_command { return discard_job{"operator", why}; },
       {job_status::failed}},
      {"dead-letter",
       [](std::string) -> job_command { return dead_letter_job{"operator"}; },
       {job_status::scheduled, job_status::queued, job_status::retrying}},
  };
  return all;
}

action const* read_action(json_fields& f) {
  std::string const name = f.required<std::string>("action");
  auto const found = std::find_if(actions().begin(), actions().end(),
                                  [&](action const& a) { return a.name == name; });
  if (found != actions().end()) return &*found;
  f.fail("action", "must be retry, cancel, discard or dead-letter");
  return nullptr;
}

std::vector<job_id> read_ids(json_fields& f, std::string_view text) {
  std::vector<job_id> ids;
  if (!text.starts_with('[')) return f.fail("ids", "must be an array of job ids"), ids;
  for (std::string_view const element : json_elements(text)) {
    auto const id = read_job_id(element);
    if (!id) return f.fail("ids", "must be positive integers"), ids;
    ids.push_back(*id);
    if (ids.size() > limits::operation_ids)
      return f.fail("ids", "must be at most " + std::to_string(limits::operation_ids)), ids;
  }
  if (ids.empty()) f.fail("ids", "must not be empty");
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// The filter's fields are the parameters of GET /jobs, so they are read as those.
std::optional<job_query> read_filter(json_fields& f, std::string_view text, action const& of) {
  if (!text.starts_with('{')) return f.fail("filter", "must be an object"), std::nullopt;
  json_fields given{text, "filter.", json_fields::checked::yes};
  request as_query;
  for (char const* name : {"type", "queue", "q", "error", "created_after", "created_before"}) {
    if (auto value = given.optional<std::string>(name))
      as_query.query.emplace_back(name, std::move(*value));
  }
  for (char const* name : {"status", "tag"}) {
    auto const values = given.raw(name);
    if (!values) continue;
    bool const many = values->starts_with('[');
    auto const one = many ? std::nullopt : given.optional<std::string>(name);
    auto const all = many ? given.optional<std::vector<std::string>>(name) : std::nullopt;
    for (std::string const& value : all.value_or(std::vector<std::string>{}))
      as_query.query.emplace_back(name, value);
    if (one) as_query.query.emplace_back(name, *one);
  }
  given.finish();
  f.adopt(given.errors());
  query_reader parameters{as_query, "filter."};
  job_query query = read_job_filters(parameters);
  f.adopt(parameters.errors());
  if (as_query.query.empty() && given.ok())
    f.fail("filter", "must name something; every job of a status is {\"status\":\"FAILED\"}");
  if (query.statuses.empty()) query.statuses = of.usual;
  return query;
}

result<operation_request, response> read_request(std::string_view body) {
  json_fields f{body};
  action const* const wanted = read_action(f);
  operation_request made;
  std::string reason = read_reason_field(f);
  if (auto const n = f.in_range("per_second", 1, limits::operation_rate_max))
    made.rate = static_cast<std::uint32_t>(*n);
  auto const ids = f.raw("ids");
  auto const filter = f.raw("filter");
  if (f.ok() && ids.has_value() == filter.has_value())
    f.fail("filter", "or ids must be given, and not both");
  if (ids && f.ok()) made.jobs = read_ids(f, *ids);
  if (filter && f.ok()) {
    if (auto query = read_filter(f, *filter, *wanted)) made.jobs = std::move(*query);
  }
  f.finish();
  if (!f.ok()) return bad_fields(f);
  made.action = wanted->name;
  made.wish = wanted->wish(std::move(reason));
  return made;
}

void append_operation(std::string& out, operation const& o) {
  json_writer w{out};
  w.number("id", static_cast<std::int64_t>(o.id)).string("action", o.request.action);
  w.string("state", to_string(o.state)).number("total", o.total);
  w.boolean("total_estimated", o.estimated).number("changed", o.changed);
  w.number("refused", o.refused).nested("refusals", [&](std::string& to) {
    to += '[';
    for (operation_refusal const& r : o.refusals) {
      if (to.back() != '[') to += ',';
      json_writer refusal{to};
      refusal.number("job", static_cast<std::int64_t>(r.job.value))
          .string("detail", explain(r.why, r.job))
          .close();
    }
    to += ']';
  });
  w.number("per_second",
           o.request.rate ? std::optional<std::int64_t>{*o.request.rate} : std::nullopt);
  w.optional_string("error", o.error.empty() ? std::nullopt : std::optional{o.error});
  w.time("created_at", o.created_at).time("finished_at", o.finished_at);
  w.close();
}

response operation_response(unsigned status, operation const& o) {
  response r;
  r.status = status;
  if (status == 202) r.headers.emplace_back("Location", "/jobs/actions/" + std::to_string(o.id));
  append_operation(r.body, o);
  return r;
}

response no_operation(request const& req) {
  return problem(404, "there is no operation " + req.params.at(0) + ", or no longer");
}

std::uint64_t id_of(request const& req) { return unsigned_number(req.params.at(0)).value_or(0); }

}  // namespace

handler_result post_job_actions(request const& req, server_context& server) {
  auto wanted = read_request(req.body);
  if (!wanted) co_return wanted.error();
  // The filter sees what was written before.
  co_await until_projected(server.core);
  operation const* const started = server.core.bulk().start(std::move(*wanted));
  if (!started) co_return too_many_operations();
  co_return operation_response(202, *started);
}

handler_result get_job_actions(request const&, server_context& server) {
  response r;
  r.body = "[";
  for (operation const* const o : server.core.bulk().all()) {
    if (r.body.size() > 1) r.body += ',';
    append_operation(r.body, *o);
  }
  r.body += ']';
  co_return r;
}

handler_result get_job_action(request const& req, server_context& server) {
  operation const* const found = server.core.bulk().find(id_of(req));
  co_return found ? operation_response(200, *found) : no_operation(req);
}

handler_result post_job_action_stop(request const& req, server_context& server) {
  operation const* const found = server.core.bulk().find(id_of(req));
  if (!found) co_return no_operation(req);
  if (found->state != operation_state::running)
    co_return problem(409, "the operation is " + std::string{to_string(found->state)});
  co_return operation_response(200, *server.core.bulk().stop(found->id));
}

}  // namespace retrylab
