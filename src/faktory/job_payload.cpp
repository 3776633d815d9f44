#include "faktory/job_payload.hpp"

#include "events/json_writer.hpp"
#include "faktory/compact_json.hpp"
#include "faktory/wire_time.hpp"

namespace retrylab {
namespace {

void put_time(json_writer& w, std::string_view name, std::optional<timestamp> t) {
  if (!t) return;
  w.nested(name, [&](std::string& out) {
    out += '"';
    append_wire_time(out, *t);
    out += '"';
  });
}

void put_text(json_writer& w, std::string_view name, std::string_view text) {
  if (!text.empty()) w.string(name, text);
}

void put_number(json_writer& w, std::string_view name, std::int64_t n) {
  if (n != 0) w.number(name, n);
}

void put_compact(json_writer& w, std::string_view name, raw_json const& json) {
  w.nested(name, [&](std::string& out) { append_compact(out, json.text); });
}

void append_failure(std::string& out, job_failure const& failure) {
  json_writer w{out};
  put_time(w, "failed_at", failure.failed_at);
  put_time(w, "next_at", failure.next_at);
  put_text(w, "message", failure.message);
  put_text(w, "errtype", failure.errtype);
  if (!failure.backtrace.empty()) w.strings("backtrace", failure.backtrace);
  w.number("retry_count", failure.retry_count).number("remaining", failure.remaining).close();
}

// Their names may need escapes, which json_writer's keys never do.
void append_extra(std::string& out, extra_field const& extra) {
  out += ',';
  append_json_string(out, extra.name);
  out += ':';
  append_compact(out, extra.value.text);
}

constexpr std::size_t usual_overhead = 256;

}  // namespace

void append_payload(std::string& out, faktory_job const& job, payload_progress const& progress) {
  out.reserve(out.size() + usual_overhead + job.args.text.size() +
              (job.custom ? job.custom->text.size() : 0));
  json_writer w{out};
  w.number("retry", job.retry.value_or(faktory_default_retry));
  if (progress.failure)
    w.nested("failure", [&](std::string& to) { append_failure(to, *progress.failure); });
  if (job.custom) put_compact(w, "custom", *job.custom);
  w.string("jid", job.jid).string("queue", job.queue).string("jobtype", job.jobtype);
  put_text(w, "created_at", job.created_at);
  put_time(w, "enqueued_at", progress.enqueued_at);
  if (job.at) w.string("at", job.at->text);
  put_compact(w, "args", job.args);
  put_number(w, "reserve_for", job.reserve_for);
  put_number(w, "backtrace", job.backtrace);
  for (extra_field const& extra : job.extras) append_extra(out, extra);
  w.close();
}

}  // namespace retrylab
