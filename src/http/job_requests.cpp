#include "http/job_requests.hpp"

#include "actors/batches.hpp"
#include "actors/executors/simulation_plan.hpp"
#include "actors/unique_keys.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "http/problem.hpp"
#include "http/query_reader.hpp"

#include <algorithm>

namespace retrylab {
namespace {

// Characters, not bytes: UTF-8 continuation bytes do not count.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::optional<timestamp> read_ahead(json_fields& f, std::string_view name, std::string_view text,
                                    timestamp now) {
  auto const at = parse_rfc3339(text);
  if (at && *at <= now + limits::delay_max) return at;
  f.fail(name, "must be a time in RFC 3339, at most ten years ahead");
  return std::nullopt;
}

void read_times(json_fields& f, job_spec& spec, timestamp now) {
  auto const delay = f.in_range("delay_ms", 0, limits::delay_max.count());
  auto const run_at = f.optional<std::string>("run_at");
  if (delay && run_at) return f.fail("run_at", "and delay_ms exclude each other");
  if (delay) spec.run_at = now + milliseconds{*delay};
  if (run_at) spec.run_at = read_ahead(f, "run_at", *run_at, now);
}

void read_expiry(json_fields& f, job_spec& spec, timestamp now) {
  auto const in = f.in_range("expires_in_ms", 1, limits::delay_max.count());
  auto const at = f.optional<std::string>("expires_at");
  if (in && at) return f.fail("expires_at", "and expires_in_ms exclude each other");
  if (in) spec.expires_at = now + milliseconds{*in};
  if (at) spec.expires_at = read_ahead(f, "expires_at", *at, now);
}

// An object, or the name of a policy.
std::optional<retry_policy> read_policy(json_fields& f, policy_map const& policies) {
  auto const text = f.raw("retry");
  if (!text) return std::nullopt;
  if (text->starts_with('"')) {
    auto const name = f.optional<std::string>("retry").value_or("");
    auto const found = policies.find(name);
    if (found == policies.end()) return f.fail("retry", "names no policy"), std::nullopt;
    return found->second.as_taken(name);
  }
  json_fields nested{*text, "retry.", json_fields::checked::yes};
  if (nested.has("name"))
    nested.fail("name", "is not known; a named policy is {\"retry\":\"name\"}");
  retry_policy policy = read_retry_policy(nested);
  f.adopt(nested.errors());
  return policy;
}

void read_tags(json_fields& f, job_spec& spec) {
  spec.tags = f.optional<std::vector<std::string>>("tags").value_or(std::vector<std::string>{});
  if (spec.tags.size() > limits::tags)
    f.fail("tags", "must be at most " + std::to_string(limits::tags));
  for (std::string const& tag : spec.tags) check_length(f, "tags", tag, limits::tag_chars);
}

void check_handler(json_fields& f, job_spec const& spec, handler_table const& handlers) {
  if (!spec.handler) return;
  auto const kind = parse_handler(*spec.handler);
  if (!kind) return f.fail("handler", "must be simulate, remote, http or exec");
  if (*kind == handler_kind::simulate || *kind == handler_kind::remote) return;
  auto const configured = handlers.by_type.find(spec.type);
  if (configured == handlers.by_type.end() || configured->second != *kind)
    f.fail("handler",
           "is not configured for this type: the server needs [handlers.\"" + spec.type + "\"]");
}

// {"key","for_ms","until"}; without a key, jobs of the same type, queue and payload are the same.
void read_unique(json_fields& f, job_spec& spec) {
  auto const text = f.raw("unique");
  if (!text) return;
  json_fields nested{*text, "unique.", json_fields::checked::yes};
  uniqueness u;
  auto key = nested.optional<std::string>("key");
  if (key) check_length(nested, "key", *key, limits::unique_key_chars);
  u.key = key ? "key:" + *key : same_job_key(spec.type, spec.queue, spec.payload.text);
  auto const ms = nested.in_range("for_ms", 1, limits::delay_max.count());
  if (nested.ok() && !ms) nested.fail("for_ms", "is required");
  u.for_time = milliseconds{ms.value_or(0)};
  auto const until = nested.optional<std::string>("until");
  if (until && *until != "success" && *until != "start")
    nested.fail("until", "must be success or start");
  u.until_start = until == "start";
  nested.finish();
  f.adopt(nested.errors());
  spec.unique = std::move(u);
}

// The controls are read only for jobs that the simulator runs.
void check_payload(json_fields& f, raw_json const& payload) {
  auto const plan = read_simulation_plan(payload);
  if (!plan) f.adopt(plan.error());
}

}  // namespace

void check_length(json_fields& f, std::string_view name, std::string_view text, std::size_t high) {
  std::size_t const n = characters(text);
  if (n < 1 || n > high) f.fail(name, "must have 1 to " + std::to_string(high) + " characters");
}

std::string read_reason_field(json_fields& f) {
  std::string reason = f.optional<std::string>("reason").value_or("");
  if (characters(reason) > limits::reason_chars)
    f.fail("reason", "must have at most " + std::to_string(limits::reason_chars) + " characters");
  return reason;
}

bool is_queue_name(std::string_view text) {
  return !text.empty() && text.size() <= limits::queue_chars &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  std::string_view{"_.:-"}.find(c) != std::string_view::npos;
         });
}

job_spec read_job_spec(json_fields& f, request_setting const& setting) {
  job_spec spec;
  for (char const* name : {"payload", "max_attempts"}) f.refuse_null(name);
  if (auto type = f.optional<std::string>("type")) {
    check_length(f, "type", *type, limits::type_chars);
    spec.type = std::move(*type);
  } else if (f.ok()) {
    f.fail("type", "is required");
  }
  if (auto payload = f.optional<raw_json>("payload")) spec.payload = std::move(*payload);
  if (auto const n = f.in_range("max_attempts", 1, limits::attempts_max))
    spec.max_attempts = static_cast<attempt_number>(*n);
  if (auto queue = f.optional<std::string>("queue")) {
    if (!is_queue_name(*queue)) f.fail("queue", queue_name_rule);
    spec.queue = std::move(*queue);
  }
  if (auto const n = f.in_range("priority", 0, limits::priority_max))
    spec.priority = static_cast<unsigned>(*n);
  read_times(f, spec, setting.now);
  read_expiry(f, spec, setting.now);
  if (auto const ms = f.in_range("timeout_ms", 1, limits::timeout_max.count()))
    spec.timeout = milliseconds{*ms};
  spec.retry = read_policy(f, setting.policies).value_or(retry_policy{});
  spec.handler = f.optional<std::string>("handler");
  check_handler(f, spec, setting.handlers);
  read_tags(f, spec);
  spec.batch = f.optional<std::string>("batch");
  if (spec.batch) {
    check_length(f, "batch", *spec.batch, limits::batch_id_chars);
    spec.tags.push_back(batch_tag(*spec.batch));
  }
  read_unique(f, spec);
  if (f.ok() && setting.handlers.of(spec) == handler_kind::simulate) check_payload(f, spec.payload);
  f.finish();
  return spec;
}

result<job_spec, response> read_job_spec(std::string_view body, request_setting const& setting) {
  json_fields f{body};
  job_spec spec = read_job_spec(f, setting);
  if (!f.ok()) return bad_fields(f);
  return spec;
}

result<retry_job, response> read_retry(std::string_view body, policy_map const& policies) {
  retry_job command{"operator", "", {}, {}, {}};
  if (body.empty()) return command;
  json_fields f{body};
  command.payload = f.optional<raw_json>("payload");
  if (auto const n = f.in_range("max_attempts", 1, limits::attempts_max))
    command.max_attempts = static_cast<attempt_number>(*n);
  command.retry = read_policy(f, policies);
  command.reason = read_reason_field(f);
  if (command.payload && f.ok()) check_payload(f, *command.payload);
  f.finish();
  if (!f.ok()) return bad_fields(f);
  return command;
}

result<std::string, response> read_reason(std::string_view body) {
  if (body.empty()) return std::string{};
  json_fields f{body};
  std::string reason = read_reason_field(f);
  f.finish();
  if (!f.ok()) return bad_fields(f);
  return reason;
}

std::optional<job_id> read_job_id(std::string_view text) {
  auto const n = unsigned_number(text);
  return n && *n > 0 ? std::optional{job_id{*n}} : std::nullopt;
}

}  // namespace retrylab
