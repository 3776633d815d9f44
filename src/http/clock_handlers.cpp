// The clock of a server under test.

#include "actors/load_job.hpp"
#include "events/core/limits.hpp"
#include "events/json_writer.hpp"
#include "http/documents.hpp"
#include "http/handlers.hpp"
#include "http/job_requests.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

#include <fmt/format.h>

namespace retrylab {
namespace {

constexpr std::int64_t by_ms_max = std::chrono::milliseconds{limits::delay_max}.count();

response not_manual() {
  return problem(409, "the clock is real; start the server with --clock manual to move it");
}

result<advance_wish, response> read_wish(std::string_view body, timestamp now) {
  json_fields f{body};
  advance_wish wish{std::nullopt, limits::advance_patience};
  auto const by = f.in_range("by_ms", 0, by_ms_max);
  auto const to = f.optional<std::string>("to");
  auto const until = f.optional<std::string>("until");
  if (by) wish.to = now + milliseconds{*by};
  if (to) {
    wish.to = parse_rfc3339(*to);
    if (!wish.to) {
      f.fail("to", "must be a time as in 2026-01-01T00:00:00Z");
    } else if (*wish.to < now) {
      f.fail("to", "is in the past: it is " + to_rfc3339(now));
    } else if (*wish.to > now + limits::delay_max) {
      f.fail("to", "is more than ten years away");
    }
  }
  if (until && *until != "idle") f.fail("until", "must be idle");
  int const ways = int{by.has_value()} + int{to.has_value()} + int{until.has_value()};
  if (f.ok() && ways != 1) f.fail("by_ms", "one of by_ms, to and until is required");
  auto const patience = f.in_range("patience_ms", 0, limits::advance_patience_max.count());
  if (patience) wish.patience = milliseconds{*patience};
  f.finish();
  if (!f.ok()) return bad_fields(f);
  return wish;
}

void append_moved(std::string& out, std::vector<std::optional<job_state>> const& jobs,
                  timestamp now) {
  out += '[';
  for (auto const& job : jobs) {
    if (!job || !job->exists()) continue;
    if (out.back() != '[') out += ',';
    json_writer w{out};
    w.number("id", static_cast<std::int64_t>(job->id.value)).string("type", job->spec->type);
    w.string("status", to_string(status_at(*job, now))).number("attempts", job->attempts);
    w.close();
  }
  out += ']';
}

response refusal(advance_error why) {
  switch (why) {
    case advance_error::busy:
      return problem(409, "the clock is being moved by another request");
    case advance_error::unrecorded:
      return problem(503, "the log is busy; the clock has moved");
    case advance_error::unreadable:
      break;
  }
  return reads_overloaded();
}

}  // namespace

handler_result get_clock(request const&, server_context& server) {
  response r;
  json_writer w{r.body};
  w.string("kind", server.clock ? "manual" : "real").time("now", server.core.ports().time.now());
  w.time("next", server.clock ? server.clock->next() : std::nullopt).close();
  co_return r;
}

handler_result post_clock_advance(request const& req, server_context& server) {
  if (!server.clock) co_return not_manual();
  auto const wish = read_wish(req.body, server.core.ports().time.now());
  if (!wish) co_return wish.error();
  advance_answer const moved = co_await server.clock->advance(*wish);
  if (!moved) co_return refusal(moved.error());
  auto read = [ids = moved->jobs](readers& r) { return load_jobs(*r.log, ids); };
  auto const jobs = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!jobs) co_return reads_overloaded();
  response r;
  json_writer w{r.body};
  w.time("from", moved->from).time("to", moved->to);
  w.number("steps", static_cast<std::int64_t>(moved->steps)).boolean("arrived", moved->arrived);
  w.number("unfinished", static_cast<std::int64_t>(moved->unfinished));
  w.number("events", static_cast<std::int64_t>(moved->last.value - moved->first.value));
  w.number("first_seq", static_cast<std::int64_t>(moved->first.value + 1));
  w.number("last_seq", static_cast<std::int64_t>(moved->last.value));
  w.nested("jobs", [&](std::string& out) { append_moved(out, *jobs, moved->to); });
  w.boolean("more", moved->more).close();
  co_return r;
}

}  // namespace retrylab
