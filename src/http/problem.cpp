#include "http/problem.hpp"

#include "events/core/limits.hpp"
#include "events/json_writer.hpp"

namespace retrylab {
namespace {

std::string errors_as_json(std::vector<field_error> const& errors) {
  std::string out = "[";
  for (field_error const& e : errors) {
    if (out.size() > 1) out += ',';
    json_writer w{out};
    w.string("field", e.field).string("message", e.message);
    if (e.line > 0) w.number("line", e.line);
    w.close();
  }
  return out + ']';
}

}  // namespace

response retry_later(unsigned status, std::string_view detail) {
  response r = problem(status, detail);
  r.headers.emplace_back("Retry-After", "1");
  return r;
}

response problem(unsigned status, std::string_view detail, std::vector<field_error> const& errors) {
  response r;
  r.status = status;
  r.content_type = "application/problem+json";
  json_writer w{r.body};
  w.string("type", "about:blank")
      .string("title", reason_phrase(status))
      .number("status", status)
      .string("detail", detail);
  if (!errors.empty()) w.raw("errors", std::string_view{errors_as_json(errors)});
  w.close();
  return r;
}

response bad_fields(json_fields const& fields) {
  field_error const& first = fields.errors().front();
  std::string const detail =
      first.field.empty() ? "the body " + first.message : first.field + " " + first.message;
  return problem(fields.malformed() ? 400 : 422, detail, fields.errors());
}

response queue_full(std::string_view queue) {
  return retry_later(429, "the queue " + std::string{queue} + " is full; see --queue-max-length");
}

response reads_overloaded() { return retry_later(503, "too many reads wait"); }

response too_many_operations() {
  return retry_later(429, "at most " + std::to_string(limits::operations_running) +
                              " bulk operations run at a time");
}

std::string explain(ask_error const& error, job_id job) {
  switch (error.what) {
    case ask_error::kind::rejected:
      if (error.why == rejection::no_such_job)
        return "there is no job " + std::to_string(job.value);
      return explain(error.why, error.status);
    case ask_error::kind::key_taken:
      return "the idempotency key was used for job " + std::to_string(error.taken.job.value) +
             " with another body";
    case ask_error::kind::not_unique:
      return error.taken.job == job_id{}
                 ? "a job with the same unique key is being created"
                 : "job " + std::to_string(error.taken.job.value) + " holds the unique key";
    case ask_error::kind::busy:
      return "too many commands wait for this job";
    case ask_error::kind::log_busy:
      return "too many writes wait for the log";
    case ask_error::kind::disk_full:
      return "the disk is full; nothing was stored";
    case ask_error::kind::unavailable:
      return "the log cannot be read or written; whether this was stored is not known";
  }
  return "unknown";
}

response problem(ask_error const& error, job_id job) {
  std::string const detail = explain(error, job);
  switch (error.what) {
    case ask_error::kind::rejected:
      return problem(error.why == rejection::no_such_job ? 404 : 409, detail);
    case ask_error::kind::key_taken:
    case ask_error::kind::not_unique:
      return problem(409, detail);
    case ask_error::kind::busy:
      return retry_later(429, detail);
    case ask_error::kind::log_busy:
    case ask_error::kind::unavailable:
      return retry_later(503, detail);
    case ask_error::kind::disk_full:
      return problem(507, detail);
  }
  return problem(500, detail);
}

}  // namespace retrylab
