#include "http/documents.hpp"

#include "events/event_codec.hpp"
#include "events/job_options_codec.hpp"

namespace retrylab {
namespace {

constexpr std::size_t document_bytes = 1024;  // of a usual job, without its payload

std::int64_t number(std::uint64_t n) { return static_cast<std::int64_t>(n); }

template <class Items, class Append>
std::string array_of(Items const& items, Append append) {
  std::string out = "[";
  for (auto const& item : items) {
    if (out.size() > 1) out += ',';
    append(out, item);
  }
  return out + ']';
}

std::int64_t total(status_counts const& counts) {
  std::int64_t sum = 0;
  for (std::int64_t n : counts) sum += n;
  return sum;
}

std::string by_name(std::map<std::string, status_counts> const& groups) {
  std::string out = "{";
  for (auto const& [name, counts] : groups) {
    if (out.size() > 1) out += ',';
    append_json_string(out, name);
    out += ':' + by_status_document(counts);
  }
  return out + '}';
}

std::string error_document(job_error const& e) {
  std::string out;
  json_writer w{out};
  w.string("type", e.type).string("message", e.message).strings("backtrace", e.backtrace).close();
  return out;
}

void append_progress(std::string& out, job_progress const& p) {
  json_writer w{out};
  w.number("percent", p.percent ? std::optional<std::int64_t>{*p.percent} : std::nullopt);
  w.string("text", p.text).time("at", p.at).close();
}

std::optional<timestamp> next_attempt(job_state const& s) {
  if (s.status == job_status::queued) return std::nullopt;
  return s.due;
}

}  // namespace

void append_job(std::string& out, job_state const& s, timestamp now) {
  json_writer w{out};
  w.number("id", number(s.id.value))
      .string("type", s.spec->type)
      .raw("payload", std::string_view{s.spec->payload.text});
  w.string("status", to_string(status_at(s, now)))
      .number("attempts", s.attempts)
      .number("max_attempts", s.spec->max_attempts);
  w.optional_string("last_error", s.error ? std::optional{s.error->message} : std::nullopt);
  w.string("queue", s.spec->queue)
      .number("priority", s.spec->priority)
      .optional_string("handler", s.spec->handler);
  w.number("executions", s.executions).number("generation", s.generation);
  w.time("created_at", s.created_at)
      .time("updated_at", s.updated_at)
      .time("run_at", s.spec->run_at);
  w.time("next_attempt_at", next_attempt(s))
      .time("started_at", s.started_at)
      .time("finished_at", s.finished_at);
  w.number("timeout_ms",
           s.spec->timeout ? std::optional<std::int64_t>{s.spec->timeout->count()} : std::nullopt);
  w.nested("retry", [&](std::string& to) {
     append(to, s.spec->retry);
   }).strings("tags", s.spec->tags);
  w.optional_string("worker", s.running ? std::optional{s.running->worker} : std::nullopt);
  w.time("lease_expires_at", s.running ? s.running->lease_expires_at : std::nullopt);
  s.error ? w.raw("error", std::string_view{error_document(*s.error)}) : w.null("error");
  w.raw("result", s.result).optional_string("idempotency_key", s.spec->idempotency_key);
  append_options(w, *s.spec);
  if (s.progress) w.nested("progress", [&](std::string& to) { append_progress(to, *s.progress); });
  w.number("version", s.version).number("seq", number(s.seq.value));
  w.close();
}

void append_event(std::string& out, stored_event const& e) {
  json_writer w{out};
  w.number("seq", number(e.seq.value))
      .number("job", number(e.job.value))
      .number("version", e.version);
  w.number("generation", e.generation)
      .string("type", e.type)
      .time("at", e.at)
      .raw("data", std::string_view{e.data});
  w.close();
}

void append_counts(std::string& out, seq as_of, status_counts const& counts) {
  json_writer w{out};
  w.number("seq", number(as_of.value))
      .number("total", total(counts))
      .raw("by_status", std::string_view{by_status_document(counts)});
  w.close();
}

void append_stats(json_writer& w, job_counts const& c) {
  w.number("seq", number(c.seq.value))
      .number("total", total(c.total))
      .raw("by_status", std::string_view{by_status_document(c.total)});
  w.raw("by_queue", std::string_view{by_name(c.by_queue)})
      .raw("by_type", std::string_view{by_name(c.by_type)});
}

std::string job_document(job_state const& job, timestamp now) {
  std::string out;
  out.reserve(document_bytes + job.spec->payload.text.size());
  append_job(out, job, now);
  return out;
}

std::string jobs_document(std::vector<job_state> const& jobs, timestamp now) {
  return array_of(jobs, [now](std::string& out, job_state const& s) { append_job(out, s, now); });
}

std::string histogram_document(creation_histogram const& histogram) {
  std::string out;
  json_writer w{out};
  w.time("until", histogram.until);
  w.nested("bins", [&](std::string& into) {
    into += array_of(histogram.bins, [](std::string& each, creation_histogram::bin const& bin) {
      json_writer b{each};
      b.time("from", bin.from).number("jobs", bin.jobs).boolean("estimated", bin.estimated).close();
    });
  });
  w.close();
  return out;
}

std::string events_document(std::vector<stored_event> const& events) {
  return array_of(events, [](std::string& out, stored_event const& e) { append_event(out, e); });
}

std::string by_status_document(status_counts const& counts) {
  std::string out;
  json_writer w{out};
  for (std::size_t i = 0; i < counts.size(); ++i) w.number(status_names[i], counts[i]);
  w.close();
  return out;
}

}  // namespace retrylab
