#include "events/event_codec.hpp"
#include "events/job_options_codec.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

// Of encoded events, payload apart: most fit.
constexpr std::size_t creation_bytes = 320;
constexpr std::size_t usual_bytes = 80;

constexpr std::array<std::string_view, 5> cause_names{"error", "timeout", "lease_expired",
                                                      "worker_lost", "interrupted"};
constexpr std::array<std::string_view, 6> reason_names{
    "attempts_exhausted", "non_retryable", "poison", "max_age", "operator", "rule"};

template <class Enum, std::size_t n>
Enum read_enum(json_fields& f, std::string_view name,
               std::array<std::string_view, n> const& names) {
  std::string const text = f.required<std::string>(name);
  auto const found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    f.fail(name, "is not known: " + text);
    return Enum{};
  }
  return static_cast<Enum>(found - names.begin());
}

std::optional<timestamp> read_time(json_fields& f, std::string_view name) {
  auto const text = f.optional<std::string>(name);
  if (!text) return std::nullopt;
  auto const at = parse_rfc3339(*text);
  if (!at) f.fail(name, "must be a time in RFC 3339");
  return at;
}

std::optional<milliseconds> read_milliseconds(json_fields& f, std::string_view name) {
  auto const n = f.optional<std::int64_t>(name);
  return n ? std::optional{milliseconds{*n}} : std::nullopt;
}

std::optional<std::int64_t> count(std::optional<milliseconds> d) {
  return d ? std::optional<std::int64_t>{d->count()} : std::nullopt;
}

std::optional<raw_json> read_json(json_fields& f, std::string_view name) {
  auto const text = f.raw(name);
  return text ? std::optional{raw_json{std::string{*text}}} : std::nullopt;
}

template <class Number>
Number read_number(json_fields& f, std::string_view name) {
  return static_cast<Number>(f.required<std::int64_t>(name));
}

seq read_fence(json_fields& f) { return seq{read_number<std::uint64_t>(f, "fence")}; }

std::int64_t number(seq s) { return static_cast<std::int64_t>(s.value); }

std::optional<retry_policy> read_optional_policy(json_fields& f) {
  auto const text = f.raw("retry");
  if (!text) return std::nullopt;
  json_fields nested{*text, "retry.", json_fields::checked::yes};
  retry_policy policy = read_retry_policy(nested);
  f.adopt(nested.errors());
  return policy;
}

void write(json_writer& w, created const& e) {
  job_spec const& s = *e.spec;
  w.string("type", s.type)
      .string("queue", s.queue)
      .raw("payload", std::string_view{s.payload.text});
  w.optional_string("handler", s.handler)
      .number("priority", s.priority)
      .number("max_attempts", s.max_attempts);
  w.nested("retry", [&](std::string& out) { append_brief(out, s.retry); })
      .time("run_at", s.run_at)
      .number("timeout_ms", count(s.timeout));
  w.strings("tags", s.tags)
      .optional_string("idempotency_key", s.idempotency_key)
      .string("source", s.source);
  append_options(w, s);
}
void write(json_writer& w, attempted const& e) {
  w.number("attempt", e.attempt).string("worker", e.worker).number("lease_ms", count(e.lease));
}
void write(json_writer& w, succeeded const& e) {
  w.number("fence", number(e.fence)).raw("result", e.result);
}
void write(json_writer& w, failed const& e) {
  w.number("fence", number(e.fence))
      .number("attempt", e.attempt)
      .string("cause", to_string(e.cause));
  std::string error;
  json_writer nested{error};
  nested.string("type", e.error.type)
      .string("message", e.error.message)
      .strings("backtrace", e.error.backtrace);
  nested.close();
  w.raw("error", std::string_view{error});
}
void write(json_writer& w, retry_scheduled const& e) {
  w.time("due", e.due)
      .fixed("delay_ms", static_cast<std::uint64_t>(e.delay.count()), 3)
      .string("rule", e.rule);
}
void write(json_writer& w, dead_lettered const& e) {
  w.string("reason", to_string(e.reason)).string("by", e.by);
}
void write(json_writer& w, released const& e) {
  w.number("fence", number(e.fence)).string("reason", e.reason);
}
void write(json_writer& w, extended const& e) {
  w.number("fence", number(e.fence)).time("until", e.until);
}
void write(json_writer& w, progressed const& e) {
  w.number("percent", e.percent ? std::optional<std::int64_t>{*e.percent} : std::nullopt);
  w.optional_string("text", e.text);
}
void write(json_writer& w, rescheduled const& e) {
  w.time("due", e.due).string("by", e.by).string("reason", e.reason);
}
void write(json_writer& w, cancel_requested const& e) {
  w.string("by", e.by).string("reason", e.reason);
}
void write(json_writer& w, cancelled const& e) {
  w.number("fence", e.fence ? std::optional{number(*e.fence)} : std::nullopt);
  w.string("by", e.by).string("reason", e.reason);
}
void write(json_writer& w, requeued const& e) {
  w.string("by", e.by).string("reason", e.reason).raw("payload", e.payload);
  w.number("max_attempts",
           e.max_attempts ? std::optional<std::int64_t>{*e.max_attempts} : std::nullopt);
  e.retry ? w.raw("retry", std::string_view{encode(*e.retry)}) : w.null("retry");
}
void write(json_writer& w, discarded const& e) { w.string("by", e.by).string("reason", e.reason); }

created read(json_fields& f, created*) {
  job_spec s;
  s.type = f.required<std::string>("type");
  s.queue = f.required<std::string>("queue");
  s.payload = f.required<raw_json>("payload");
  s.handler = f.optional<std::string>("handler");
  s.priority = read_number<unsigned>(f, "priority");
  s.max_attempts = read_number<attempt_number>(f, "max_attempts");
  s.retry = read_optional_policy(f).value_or(retry_policy{});
  s.run_at = read_time(f, "run_at");
  s.timeout = read_milliseconds(f, "timeout_ms");
  s.tags = f.optional<std::vector<std::string>>("tags").value_or(std::vector<std::string>{});
  s.idempotency_key = f.optional<std::string>("idempotency_key");
  s.source = f.required<std::string>("source");
  read_options(f, s);
  return {std::move(s)};
}
attempted read(json_fields& f, attempted*) {
  attempted e{};
  e.attempt = read_number<attempt_number>(f, "attempt");
  e.worker = f.required<std::string>("worker");
  e.lease = read_milliseconds(f, "lease_ms");
  return e;
}
succeeded read(json_fields& f, succeeded*) {
  succeeded e{};
  e.fence = read_fence(f);
  e.result = read_json(f, "result");
  return e;
}
failed read(json_fields& f, failed*) {
  failed e{};
  e.fence = read_fence(f);
  e.attempt = read_number<attempt_number>(f, "attempt");
  e.cause = read_enum<failure_cause>(f, "cause", cause_names);
  json_fields error{f.raw("error").value_or("{}"), "error.", json_fields::checked::yes};
  e.error.type = error.required<std::string>("type");
  e.error.message = error.required<std::string>("message");
  e.error.backtrace =
      error.optional<std::vector<std::string>>("backtrace").value_or(std::vector<std::string>{});
  error.finish();
  f.adopt(error.errors());
  return e;
}
retry_scheduled read(json_fields& f, retry_scheduled*) {
  retry_scheduled e{};
  e.due = read_time(f, "due").value_or(timestamp{});
  e.delay = microseconds{static_cast<std::int64_t>(f.decimal("delay_ms", 3).value_or(0))};
  e.rule = f.required<std::string>("rule");
  return e;
}
dead_lettered read(json_fields& f, dead_lettered*) {
  dead_lettered e{};
  e.reason = read_enum<dead_letter_reason>(f, "reason", reason_names);
  e.by = f.required<std::string>("by");
  return e;
}
released read(json_fields& f, released*) {
  released e{};
  e.fence = read_fence(f);
  e.reason = f.required<std::string>("reason");
  return e;
}
extended read(json_fields& f, extended*) {
  extended e{};
  e.fence = read_fence(f);
  e.until = read_time(f, "until").value_or(timestamp{});
  return e;
}
progressed read(json_fields& f, progressed*) {
  progressed e{};
  if (auto const n = f.optional<std::int64_t>("percent")) e.percent = static_cast<unsigned>(*n);
  e.text = f.optional<std::string>("text");
  return e;
}
rescheduled read(json_fields& f, rescheduled*) {
  rescheduled e{};
  e.due = read_time(f, "due").value_or(timestamp{});
  e.by = f.required<std::string>("by");
  e.reason = f.required<std::string>("reason");
  return e;
}
cancelled read(json_fields& f, cancelled*) {
  cancelled e{};
  if (f.raw("fence")) e.fence = read_fence(f);
  e.by = f.required<std::string>("by");
  e.reason = f.required<std::string>("reason");
  return e;
}
requeued read(json_fields& f, requeued*) {
  requeued e{};
  e.by = f.required<std::string>("by");
  e.reason = f.required<std::string>("reason");
  e.payload = read_json(f, "payload");
  if (auto const n = f.optional<std::int64_t>("max_attempts"))
    e.max_attempts = static_cast<attempt_number>(*n);
  e.retry = read_optional_policy(f);
  return e;
}
template <class ByAndReason>
ByAndReason read(json_fields& f, ByAndReason*) {  // cancel_requested, discarded
  ByAndReason e{};
  e.by = f.required<std::string>("by");
  e.reason = f.required<std::string>("reason");
  return e;
}

constexpr std::string_view name_of(created const*) { return "Created"; }
constexpr std::string_view name_of(attempted const*) { return "Attempted"; }
constexpr std::string_view name_of(succeeded const*) { return "Succeeded"; }
constexpr std::string_view name_of(failed const*) { return "Failed"; }
constexpr std::string_view name_of(retry_scheduled const*) { return "RetryScheduled"; }
constexpr std::string_view name_of(dead_lettered const*) { return "DeadLettered"; }
constexpr std::string_view name_of(released const*) { return "Released"; }
constexpr std::string_view name_of(rescheduled const*) { return "Rescheduled"; }
constexpr std::string_view name_of(cancel_requested const*) { return "CancelRequested"; }
constexpr std::string_view name_of(cancelled const*) { return "Cancelled"; }
constexpr std::string_view name_of(requeued const*) { return "Requeued"; }
constexpr std::string_view name_of(discarded const*) { return "Discarded"; }
constexpr std::string_view name_of(extended const*) { return "Extended"; }
constexpr std::string_view name_of(progressed const*) { return "Progressed"; }

// Tries each alternative of the variant by its name.
template <class... Events>
std::optional<job_event> read_any(std::string_view type, json_fields& f,
                                  std::variant<Events...> const*) {
  std::optional<job_event> event;
  ((name_of(static_cast<Events const*>(nullptr)) == type
        ? (event = read(f, static_cast<Events*>(nullptr)), true)
        : false) ||
   ...);
  return event;
}

template <class... Events>
constexpr bool is_any(std::string_view type, std::variant<Events...> const*) {
  return ((name_of(static_cast<Events const*>(nullptr)) == type) || ...);
}

}  // namespace

std::string_view to_string(failure_cause cause) {
  return cause_names[static_cast<std::size_t>(cause)];
}
std::string_view to_string(dead_letter_reason reason) {
  return reason_names[static_cast<std::size_t>(reason)];
}

encoded_event encode(job_event const& event) {
  encoded_event out;
  auto const* const creation = std::get_if<created>(&event);
  out.data.reserve(creation ? creation_bytes + creation->spec->payload.text.size() : usual_bytes);
  json_writer w{out.data};
  std::visit(
      [&](auto const& e) {
        out.type = name_of(&e);
        write(w, e);
      },
      event);
  w.close();
  return out;
}

result<job_event, std::string> decode_job_event(std::string_view type, std::string_view data) {
  json_fields f{data};
  auto event = read_any(type, f, static_cast<job_event const*>(nullptr));
  if (!event) return std::string{"unknown event type "} + std::string{type};
  f.finish();
  if (!f.ok())
    return std::string{type} + ": " + f.errors().front().field + " " + f.errors().front().message;
  return std::move(*event);
}

bool is_job_event(std::string_view type) {
  return is_any(type, static_cast<job_event const*>(nullptr));
}

stored_event encode(job_record const& r) {
  encoded_event e = encode(r.event);
  return {r.seq,
          r.job,
          r.version,
          r.generation,
          std::string{e.type},
          r.at,
          std::move(e.data),
          std::make_shared<job_event const>(r.event)};
}

result<job_record, std::string> decode(stored_event const& row) {
  if (row.known) {
    return job_record{row.seq, row.job, row.version, row.generation, row.at, *row.known};
  }
  auto event = decode_job_event(row.type, row.data);
  if (!event) return "event " + std::to_string(row.seq.value) + ": " + event.error();
  return job_record{row.seq, row.job, row.version, row.generation, row.at, std::move(*event)};
}

}  // namespace retrylab
