// Why a job does not run, and why it ran as often as it did.

#include "actors/load_job.hpp"
#include "actors/start_gates.hpp"
#include "events/event_codec.hpp"
#include "events/job_runs.hpp"
#include "events/json_writer.hpp"
#include "http/documents.hpp"
#include "http/handlers.hpp"
#include "http/job_requests.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

#include <fmt/format.h>

namespace retrylab {
namespace {

std::string upper_first(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

// "a", "a and b", "a, b and c".
std::string enumerate(std::vector<std::string> const& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? " and " : ", ";
    out += parts[i];
  }
  return out;
}

std::string waiting_sentence(std::vector<gate_state> const& gates) {
  std::vector<std::string> closed;
  for (gate_state const& g : gates) {
    if (g.closed) closed.push_back(g.sentence);
  }
  if (closed.empty()) return "Nothing holds it: it starts as soon as its turn comes.";
  return upper_first(enumerate(closed)) + ".";
}

void append_gate(std::string& out, gate_state const& g) {
  json_writer w{out};
  w.string("gate", to_string(g.gate)).boolean("closed", g.closed).string("sentence", g.sentence);
  w.time("since", g.since)
      .number("event",
              g.cause ? std::optional{static_cast<std::int64_t>(g.cause->value)} : std::nullopt);
  w.close();
}

void append_waiting(std::string& out, std::vector<gate_state> const& gates, std::size_t ready) {
  json_writer w{out};
  w.string("sentence", waiting_sentence(gates));
  w.number("ready_in_queue", static_cast<std::int64_t>(ready));
  w.nested("gates", [&](std::string& to) {
    to += '[';
    for (gate_state const& g : gates) {
      if (to.back() != '[') to += ',';
      append_gate(to, g);
    }
    to += ']';
  });
  w.close();
}

std::string reason_sentence(job_run const& run, job_run const* before) {
  std::string const attempt = before ? fmt::format("attempt {}", before->attempt) : "";
  std::string const worker = before ? before->worker : "";
  switch (run.reason) {
    case run_reason::first:
      return "it was created";
    case run_reason::retry:
      return attempt + " failed and was to be repeated";
    case run_reason::timeout:
      return attempt + " took longer than it may";
    case run_reason::lease_expired:
      return fmt::format("{} did not answer for {} before its lease ended", worker, attempt);
    case run_reason::worker_lost:
      return fmt::format("{} was lost while it ran {}", worker, attempt);
    case run_reason::interrupted:
      return "the server ended while it ran " + attempt;
    case run_reason::released:
      return fmt::format("{} gave {} back", worker, attempt);
    case run_reason::requeued:
      return "somebody had it run again";
  }
  return "";
}

void append_run(std::string& out, job_run const& run, std::size_t number, job_run const* before) {
  json_writer w{out};
  w.number("execution", static_cast<std::int64_t>(number)).number("generation", run.generation);
  w.number("attempt", run.attempt).number("fence", static_cast<std::int64_t>(run.fence.value));
  w.string("worker", run.worker).time("started_at", run.started_at);
  w.string("end", to_string(run.end));
  w.time("ended_at", run.ended ? std::optional{run.ended->at} : std::nullopt);
  w.number("end_event", run.ended ? std::optional{static_cast<std::int64_t>(run.ended->seq.value)}
                                  : std::nullopt);
  w.string("reason", to_string(run.reason)).string("sentence", reason_sentence(run, before));
  w.number("event", static_cast<std::int64_t>(run.because.seq.value)).close();
}

std::string runs_sentence(std::vector<job_run> const& runs) {
  if (runs.empty()) return "It has not run yet.";
  if (runs.size() == 1) return "It ran once.";
  std::vector<std::string> why;
  std::size_t const named = std::min(runs.size(), limits::runs_named);
  for (std::size_t i = 1; i < named; ++i) why.push_back(reason_sentence(runs[i], &runs[i - 1]));
  if (runs.size() > named) why.push_back(fmt::format("{} more", runs.size() - named));
  std::string const times = runs.size() == 2 ? "twice" : fmt::format("{} times", runs.size());
  return fmt::format("It ran {}: {}.", times, enumerate(why));
}

void append_runs(std::string& out, std::vector<job_run> const& runs) {
  json_writer w{out};
  w.string("sentence", runs_sentence(runs));
  w.number("count", static_cast<std::int64_t>(runs.size()));
  w.nested("runs", [&](std::string& to) {
    to += '[';
    std::size_t const skipped = runs.size() - std::min(runs.size(), limits::runs_shown);
    for (std::size_t i = skipped; i < runs.size(); ++i) {
      if (to.back() != '[') to += ',';
      append_run(to, runs[i], i + 1, i > 0 ? &runs[i - 1] : nullptr);
    }
    to += ']';
  });
  w.close();
}

std::optional<std::vector<job_record>> decode_all(std::vector<stored_event> const& rows) {
  std::vector<job_record> records;
  for (stored_event const& row : rows) {
    auto record = decode(row);
    if (!record) return std::nullopt;
    records.push_back(std::move(*record));
  }
  return records;
}

}  // namespace

handler_result get_job_why(request const& req, server_context& server) {
  auto const id = read_job_id(req.params.at(0));
  if (!id) co_return problem(404, job_id_rule);
  auto read = [job = *id](readers& r) { return read_whole_stream(*r.log, job); };
  auto const rows = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!rows || !*rows) co_return reads_overloaded();
  if ((*rows)->empty()) co_return co_await no_job(server, *id);
  auto const records = decode_all(**rows);
  if (!records) co_return reads_overloaded();
  job_state const job = fold(*records);
  timestamp const now = server.core.ports().time.now();
  auto const gates = start_gates(server.core, job, now);
  auto const runs = runs_of(*records);
  response r;
  json_writer w{r.body};
  w.number("job", static_cast<std::int64_t>(id->value));
  w.number("seq", static_cast<std::int64_t>(server.core.acknowledged().value));
  w.time("at", now).string("status", to_string(status_at(job, now)));
  gates.empty() ? w.null("waiting") : w.nested("waiting", [&](std::string& out) {
    append_waiting(out, gates, server.core.ready(job.spec->queue));
  });
  w.nested("executions", [&](std::string& out) { append_runs(out, runs); });
  w.close();
  co_return r;
}

}  // namespace retrylab
