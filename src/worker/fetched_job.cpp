#include "worker/fetched_job.hpp"

#include "events/core/limits.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"
#include "faktory/compact_json.hpp"

namespace retrylab {
namespace {

// Of `[value]`.
std::string_view only_element(std::string_view array) {
  array.remove_prefix(1);
  array.remove_suffix(1);
  return array;
}

std::string payload_of(json_fields& f, bool is_args) {
  std::string_view const args = f.raw("args").value_or("[]");
  if (!is_args) return std::string{only_element(args)};
  std::string out;
  json_writer w{out};
  w.raw("args", args);
  if (auto const custom = f.raw("custom")) w.raw("custom", *custom);
  w.close();
  return out;
}

std::string ack(std::string_view jid, attempt_succeeded const& end) {
  std::string out = "ACK ";
  json_writer w{out};
  w.string("jid", jid);
  if (end.result) {  // on one line
    w.nested("result", [&end](std::string& to) { append_compact(to, end.result->text); });
  }
  w.close();
  return out;
}

std::uint64_t milliseconds_of(retry_advice const& advice) {
  return static_cast<std::uint64_t>(advice.delay.count() / 1000);
}

std::string fail(std::string_view jid, attempt_failed const& end) {
  std::string out = "FAIL ";
  json_writer w{out};
  w.string("jid", jid).string("errtype", end.error.type).string("message", end.error.message);
  if (!end.error.backtrace.empty()) w.strings("backtrace", end.error.backtrace);
  if (!end.retryable || end.advice) {
    w.nested("custom", [&end](std::string& to) {
      json_writer c{to};
      if (!end.retryable) c.boolean("retryable", false);
      if (end.advice) c.fixed("retry_after", milliseconds_of(*end.advice), 3);
      c.close();
    });
  }
  w.close();
  return out;
}

}  // namespace

result<fetched_job, not_understood> read_fetched_job(std::string_view json) {
  json_fields f{json};
  fetched_job job{f.required<std::string>("jid"), {}, limits::reservation};
  job_spec spec;
  spec.type = f.required<std::string>("jobtype");
  spec.queue = f.required<std::string>("queue");
  auto const ours = f.optional<raw_json>("retrylab");
  if (!ours) f.fail("retrylab", "is required");
  if (!f.ok()) return not_understood{job.jid, f.errors().front().message};
  json_fields a{ours->text, "retrylab."};
  job.work.job = job_id{static_cast<std::uint64_t>(a.required<std::int64_t>("job"))};
  job.work.fence = seq{static_cast<std::uint64_t>(a.required<std::int64_t>("fence"))};
  job.work.attempt = static_cast<attempt_number>(a.required<std::int64_t>("attempt"));
  job.work.generation = static_cast<generation_number>(a.required<std::int64_t>("generation"));
  bool const is_args = a.optional<bool>("payload_is_args").value_or(true);
  if (auto const time = a.in_range("timeout_ms", 1, limits::timeout_max.count()))
    job.time = milliseconds{*time};
  if (!a.ok()) return not_understood{job.jid, a.errors().front().message};
  spec.payload.text = payload_of(f, is_args);
  job.work.spec = immutable<job_spec>{std::move(spec)};
  return job;
}

std::string report_of(std::string_view jid, attempt_outcome const& outcome) {
  if (auto const* const succeeded = std::get_if<attempt_succeeded>(&outcome))
    return ack(jid, *succeeded);
  if (auto const* const failed = std::get_if<attempt_failed>(&outcome)) return fail(jid, *failed);
  attempt_failed stopped{failure_cause::error, {"WorkerStopped", "the worker ended before it"}};
  stopped.advice = retry_advice{microseconds{0}, "retry_after"};
  return fail(jid, stopped);
}

}  // namespace retrylab
