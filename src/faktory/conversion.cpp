#include "faktory/conversion.hpp"

#include "actors/batches.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"
#include "faktory/compact_json.hpp"
#include "faktory/request_fields.hpp"
#include "faktory/wire_time.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::int64_t reserve_seconds_min = 60;

void append_member(std::string& out, std::string_view name, std::string_view json) {
  if (out.size() > 1) out += ',';
  append_json_string(out, name);
  out += ':';
  append_compact(out, json);
}

std::string payload_text(faktory_job const& job) {
  std::string out = "{";
  append_member(out, "args", job.args.text);
  if (job.custom) append_member(out, "custom", job.custom->text);
  for (extra_field const& extra : job.extras) append_member(out, extra.name, extra.value.text);
  return out + '}';
}

milliseconds whole(microseconds d) { return std::chrono::ceil<milliseconds>(d); }

result<retry_policy, reply_error> policy_of(std::optional<raw_json> const& given,
                                            policy_map const& policies) {
  retry_policy policy;
  policy.kind = retry_kind::faktory;
  if (!given) return policy;
  json_fields f{R"({"retry_policy":)" + given->text + "}", {}, json_fields::checked::yes};
  if (!given->text.starts_with('"')) {
    json_fields own{given->text, "custom.retry_policy.", json_fields::checked::yes};
    policy = read_retry_policy(own);
    if (!own.ok()) return refuse(first_complaint(own));
    return policy;
  }
  std::string const name = f.optional<std::string>("retry_policy").value_or("");
  auto const found = policies.find(name);
  if (found == policies.end()) return refuse("custom.retry_policy names no policy");
  return found->second.as_taken(name);
}

void set_attempts(job_spec& spec, std::int64_t retry) {
  std::int64_t const retries = std::clamp<std::int64_t>(retry, 0, limits::faktory_retry_max);
  spec.max_attempts = static_cast<attempt_number>(retries + 1);
  spec.discard_exhausted = retry == 0;
}

std::int64_t retry_of(job_spec const& spec) {
  if (spec.discard_exhausted) return 0;
  if (spec.max_attempts == 1) return -1;
  return std::int64_t{spec.max_attempts} - 1;
}

std::optional<job_failure> failure_of(job_state const& s) {
  if (!s.error || s.attempts == 0) return std::nullopt;
  job_failure f;
  f.failed_at = s.first_failed_at.value_or(s.updated_at);
  f.next_at = s.due ? s.due : s.started_at;
  f.message = s.error->message;
  f.errtype = s.error->type;
  f.backtrace = s.error->backtrace;
  f.retry_count = std::int64_t{s.attempts} - 1;
  f.remaining =
      std::max<std::int64_t>(0, std::int64_t{s.spec->max_attempts} - std::int64_t{s.attempts});
  return f;
}

// The members of a payload that came over the protocol.
void read_payload(faktory_job& job, std::string_view payload) {
  json_fields f{payload, {}, json_fields::checked::yes};
  // An edit or a redaction may have left something else; a client takes nothing but an array.
  if (auto const args = f.raw("args"); args && args->starts_with('[')) job.args.text = *args;
  if (auto const custom = f.raw("custom")) job.custom = raw_json{std::string{*custom}};
  f.each_unknown([&](std::string_view name, std::string_view value) {
    job.extras.push_back({std::string{name}, raw_json{std::string{value}}});
  });
}

timestamp enqueued_at(job_state const& s) {
  timestamp const first = std::max(s.created_at, s.spec->run_at.value_or(s.created_at));
  return s.attempts == 0 ? first : s.started_at.value_or(first);
}

raw_json attempt_document(job_state const& s) {
  raw_json out{""};
  json_writer w{out.text};
  w.number("job", static_cast<std::int64_t>(s.id.value))
      .number("fence", static_cast<std::int64_t>(s.running->fence.value))
      .number("attempt", std::int64_t{s.running->attempt})
      .number("generation", std::int64_t{s.generation});
  if (s.spec->timeout) w.number("timeout_ms", s.spec->timeout->count());
  w.boolean("payload_is_args", s.spec->faktory.has_value()).close();
  return out;
}

}  // namespace

result<job_spec, reply_error> spec_of(faktory_job job, timestamp now, policy_map const& policies) {
  auto policy = policy_of(job.options.retry_policy, policies);
  if (!policy) return policy.error();
  job_spec spec;
  spec.source = "faktory";
  spec.retry = std::move(*policy);
  spec.payload.text = payload_text(job);
  set_attempts(spec, job.retry.value_or(faktory_default_retry));
  if (job.at && job.at->time > now) spec.run_at = job.at->time;
  if (job.reserve_for > 0)
    spec.timeout = std::chrono::seconds{std::max(job.reserve_for, reserve_seconds_min)};
  if (job.options.expires_at) spec.expires_at = job.options.expires_at;
  if (job.options.expires_in) spec.expires_at = now + *job.options.expires_in;
  if (job.options.unique_for) {
    std::string args;
    append_compact(args, job.args.text);
    spec.unique =
        uniqueness{same_job_key(job.jobtype, job.queue, args), whole(*job.options.unique_for),
                   job.options.unique_until == unique_until::start};
  }
  if (!job.options.bid.empty()) {
    spec.batch = job.options.bid;
    spec.tags.push_back(batch_tag(job.options.bid));
  }
  faktory_origin origin;
  origin.jid = std::move(job.jid);
  if (!job.created_at.empty()) origin.created_at = std::move(job.created_at);
  if (job.at) origin.at = std::move(job.at->text);
  origin.reserve_for = job.reserve_for;
  origin.backtrace = job.backtrace;
  origin.track = job.options.track;
  spec.faktory = std::move(origin);
  spec.type = std::move(job.jobtype);
  spec.queue = std::move(job.queue);
  return spec;
}

std::string payload_of(job_state const& s, bool extended) {
  faktory_job job;
  job.jid = jid_of(s);
  job.jobtype = s.spec->type;
  job.queue = s.spec->queue;
  job.retry = retry_of(*s.spec);
  append_wire_time(job.created_at, s.created_at);
  if (s.spec->faktory) {
    faktory_origin const& origin = *s.spec->faktory;
    read_payload(job, s.spec->payload.text);
    job.reserve_for = origin.reserve_for;
    job.backtrace = origin.backtrace;
    if (origin.created_at) job.created_at = *origin.created_at;
    if (origin.at) job.at = written_time{{}, *origin.at};
  } else {
    job.args.text = "[" + s.spec->payload.text + "]";
  }
  if (extended && s.running) job.extras.push_back({"retrylab", attempt_document(s)});
  payload_progress progress;
  progress.enqueued_at = enqueued_at(s);
  progress.failure = failure_of(s);
  std::string out;
  append_payload(out, job, progress);
  return out;
}

}  // namespace retrylab
