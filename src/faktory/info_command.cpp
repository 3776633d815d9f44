// INFO: what Faktory's own dashboard and the clients' tests read. Counts are those of everything
// that was acknowledged before.
//
// Source: server/commands.go and server/server.go (CurrentState) of Faktory.

#include "edge/projection_wait.hpp"
#include "edge/resident_memory.hpp"
#include "events/json_writer.hpp"
#include "faktory/session.hpp"
#include "faktory/wire_time.hpp"

namespace retrylab {
namespace {

// Clients parse it and want 1.8 or more; it is the protocol's level, not ours.
constexpr char const* faktory_version = "1.10.0";

struct numbers {
  job_counts jobs;
  std::int64_t processed = 0;
  std::int64_t failures = 0;
  std::int64_t working = 0;
  std::int64_t workers = 0;
};

std::int64_t of(status_counts const& counts, job_status status) {
  return counts[static_cast<std::size_t>(status)];
}

void append_task(json_writer& w, std::string_view name, std::int64_t size) {
  w.nested(name, [size](std::string& out) {
    json_writer task{out};
    task.number("enqueued", 0).number("cycles", 0).number("size", size);
    task.raw("wall_time_sec", std::string_view{"0.0"}).close();
  });
}

void append_held(json_writer& w, std::string_view name, std::int64_t size) {
  w.nested(name, [size](std::string& out) {
    json_writer task{out};
    task.number("size", size).number("reaped", 0).close();
  });
}

void append_tasks(std::string& out, numbers const& n) {
  json_writer w{out};
  append_task(w, "Scheduled", of(n.jobs.total, job_status::scheduled));
  append_task(w, "Retries", of(n.jobs.total, job_status::retrying));
  append_task(w, "Dead", of(n.jobs.total, job_status::failed));
  append_held(w, "Busy", n.working);
  append_held(w, "Workers", n.workers);
  w.close();
}

void append_faktory(std::string& out, numbers const& n, faktory_context const& context) {
  json_writer w{out};
  std::int64_t enqueued = 0;
  std::int64_t queues = 0;
  w.nested("queues", [&](std::string& to) {
    json_writer q{to};
    for (auto const& [name, counts] : n.jobs.by_queue) {
      if (context.removed.contains(name)) continue;
      q.number(name, of(counts, job_status::queued));
      enqueued += of(counts, job_status::queued);
      ++queues;
    }
    q.close();
  });
  w.nested("sets", [&](std::string& to) {
    json_writer sets{to};
    sets.number("scheduled", of(n.jobs.total, job_status::scheduled));
    sets.number("retries", of(n.jobs.total, job_status::retrying));
    sets.number("dead", of(n.jobs.total, job_status::failed));
    sets.number("working", n.working).close();
  });
  w.nested("tasks", [&](std::string& to) { append_tasks(to, n); });
  w.number("total_failures", n.failures).number("total_processed", n.processed);
  w.number("total_enqueued", enqueued).number("total_queues", queues).close();
}

void append_server(std::string& out, faktory_context const& context, timestamp now) {
  auto const uptime =
      std::chrono::duration_cast<std::chrono::seconds>(now - context.started_at).count();
  json_writer w{out};
  w.string("description", "RetryLab " RETRYLAB_VERSION).string("faktory_version", faktory_version);
  w.number("uptime", std::max<std::int64_t>(uptime, 1));
  w.number("connections", static_cast<std::int64_t>(context.open.size()));
  w.number("command_count", static_cast<std::int64_t>(context.commands));
  w.number("used_memory_mb", resident_kb() / 1024).close();
}

std::string info_document(numbers const& n, faktory_context const& context, timestamp now) {
  std::string out;
  std::string time;
  append_wire_time(time, now);
  json_writer w{out};
  w.string("now", time);
  w.string("server_utc_time", to_rfc3339(now).substr(11, 8) + " UTC");
  w.nested("faktory", [&](std::string& to) { append_faktory(to, n, context); });
  w.nested("server", [&](std::string& to) { append_server(to, context, now); });
  w.close();
  return out;
}

}  // namespace

command_done run_info(faktory_session& s) {
  co_await until_projected(s.core());
  timestamp const now = s.core().ports().time.now();
  auto read = [now](readers& r) { return r.jobs->counts(now); };
  auto const counts = co_await read_in(s.core().ports().reads, s.core().ports().io, read);
  if (!counts || !*counts) {
    append_error(s.out, refuse("too many reads wait; try again"));
    co_return;
  }
  auto const ever = s.context.history.ever();
  auto const happened = [&](history_event kind) {
    return static_cast<std::int64_t>(ever->count(kind));
  };
  numbers n{**counts};
  n.failures = happened(history_event::failed);
  n.processed = happened(history_event::succeeded) + n.failures;
  n.working = static_cast<std::int64_t>(s.core().attempts().running());
  n.workers = static_cast<std::int64_t>(s.core().known().all().size());
  append_bulk(s.out, info_document(n, s.context, now));
}

}  // namespace retrylab
