#include "events/event_codec.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

#include <algorithm>

namespace retrylab {
namespace {

std::uint64_t read_count(json_fields& f, std::string_view name) {
  return static_cast<std::uint64_t>(f.required<std::int64_t>(name));
}
std::int64_t number(std::uint64_t n) { return static_cast<std::int64_t>(n); }

std::string_view to_string(batch_end end) {
  return end == batch_end::succeeded ? "succeeded" : "expired";
}

// Each event says its name and its fields once; `fields` is either a reader or a writer of them.
struct writer {
  json_writer& w;
  void field(std::string_view name, std::string& v) { w.string(name, std::string_view{v}); }
  void field(std::string_view name, std::uint64_t& v) { w.number(name, number(v)); }
  void field(std::string_view name, std::uint32_t& v) { w.number(name, std::int64_t{v}); }
  void field(std::string_view name, job_id& v) { w.number(name, number(v.value)); }
  void field(std::string_view name, seq& v) { w.number(name, number(v.value)); }
  void field(std::string_view name, timestamp& v) { w.time(name, v); }
  void field(std::string_view name, std::vector<std::string>& v) { w.strings(name, v); }
  void field(std::string_view name, retry_policy& v) { w.raw(name, std::string_view{encode(v)}); }
  void field(std::string_view name, std::optional<std::uint32_t>& v) {
    w.number(name, v ? std::optional<std::int64_t>{*v} : std::nullopt);
  }
  void field(std::string_view name, std::optional<raw_json>& v) { w.raw(name, v); }
  void field(std::string_view name, batch_end& v) { w.string(name, to_string(v)); }
  void field(std::string_view name, bool& v) { w.boolean(name, v); }
  void field(std::string_view name, milliseconds& v) { w.number(name, v.count()); }
  void field(std::string_view name, std::optional<std::uint64_t>& v) {
    w.number(name, v ? std::optional<std::int64_t>{number(*v)} : std::nullopt);
  }
  void field(std::string_view name, fault_kind& v) {
    w.string(name, fault_kind_names[static_cast<std::size_t>(v)]);
  }
  void field(std::string_view name, std::vector<retry_rule>& v) {
    w.nested(name, [&](std::string& out) { append(out, v); });
  }
  void added_field(std::string_view name, auto& v) { field(name, v); }
};

struct reader {
  json_fields& f;
  void field(std::string_view name, std::string& v) { v = f.required<std::string>(name); }
  void field(std::string_view name, std::uint64_t& v) { v = read_count(f, name); }
  void field(std::string_view name, std::uint32_t& v) {
    v = static_cast<std::uint32_t>(read_count(f, name));
  }
  void field(std::string_view name, job_id& v) { v.value = read_count(f, name); }
  void field(std::string_view name, seq& v) { v.value = read_count(f, name); }
  void field(std::string_view name, timestamp& v) {
    auto const at = parse_rfc3339(f.required<std::string>(name));
    at ? v = *at : (f.fail(name, "must be a time in RFC 3339"), v);
  }
  void field(std::string_view name, std::vector<std::string>& v) {
    v = f.required<std::vector<std::string>>(name);
  }
  void field(std::string_view name, retry_policy& v) {
    json_fields nested{f.raw(name).value_or("{}"), std::string{name} + ".",
                       json_fields::checked::yes};
    v = read_retry_policy(nested);
    f.adopt(nested.errors());
  }
  void field(std::string_view name, std::optional<std::uint32_t>& v) {
    if (auto const n = f.optional<std::int64_t>(name)) v = static_cast<std::uint32_t>(*n);
  }
  void field(std::string_view name, std::optional<raw_json>& v) {
    if (auto const text = f.raw(name)) v = raw_json{std::string{*text}};
  }
  void field(std::string_view name, batch_end& v) {
    std::string const word = f.required<std::string>(name);
    v = word == to_string(batch_end::expired) ? batch_end::expired : batch_end::succeeded;
    if (word != to_string(v)) f.fail(name, "must be succeeded or expired");
  }
  void field(std::string_view name, bool& v) { v = f.required<bool>(name); }
  void field(std::string_view name, milliseconds& v) {
    v = milliseconds{f.required<std::int64_t>(name)};
  }
  void field(std::string_view name, std::optional<std::uint64_t>& v) {
    if (auto const n = f.optional<std::int64_t>(name)) v = static_cast<std::uint64_t>(*n);
  }
  void field(std::string_view name, fault_kind& v) {
    auto const found = std::ranges::find(fault_kind_names, f.required<std::string>(name));
    if (found == fault_kind_names.end()) return f.fail(name, "is not known");
    v = static_cast<fault_kind>(found - fault_kind_names.begin());
  }
  void field(std::string_view name, std::vector<retry_rule>& v) {
    auto const text = f.raw(name);
    if (!text || !text->starts_with('[')) return f.fail(name, "must be an array");
    for (std::string_view const element : json_elements(*text)) {
      json_fields one{element, std::string{name} + "[" + std::to_string(v.size()) + "].",
                      json_fields::checked::yes};
      v.push_back(read_retry_rule(one));
      f.adopt(one.errors());
    }
  }
  // One that older rows do not have.
  void added_field(std::string_view name, auto& v) {
    if (f.has(name)) field(name, v);
  }
};

constexpr std::string_view name_of(server_started const*) { return "ServerStarted"; }
constexpr std::string_view name_of(queue_paused const*) { return "QueuePaused"; }
constexpr std::string_view name_of(queue_resumed const*) { return "QueueResumed"; }
constexpr std::string_view name_of(queue_limited const*) { return "QueueLimited"; }
constexpr std::string_view name_of(policy_set const*) { return "PolicySet"; }
constexpr std::string_view name_of(worker_seen const*) { return "WorkerSeen"; }
constexpr std::string_view name_of(worker_quieted const*) { return "WorkerQuieted"; }
constexpr std::string_view name_of(worker_lost const*) { return "WorkerLost"; }
constexpr std::string_view name_of(result_refused const*) { return "ResultRefused"; }
constexpr std::string_view name_of(clock_advanced const*) { return "ClockAdvanced"; }
constexpr std::string_view name_of(purged const*) { return "Purged"; }
constexpr std::string_view name_of(rules_set const*) { return "RulesSet"; }
constexpr std::string_view name_of(forked const*) { return "Forked"; }
constexpr std::string_view name_of(fault_rule_set const*) { return "FaultRuleSet"; }
constexpr std::string_view name_of(fault_rule_removed const*) { return "FaultRuleRemoved"; }
constexpr std::string_view name_of(fault_injected const*) { return "FaultInjected"; }
constexpr std::string_view name_of(batch_opened const*) { return "BatchOpened"; }
constexpr std::string_view name_of(batch_committed const*) { return "BatchCommitted"; }
constexpr std::string_view name_of(batch_ended const*) { return "BatchEnded"; }

void fields(auto& io, server_started& e) {
  io.field("server_version", e.server_version);
  io.field("epoch", e.epoch);
  io.field("seed", e.seed);
}
void fields(auto& io, queue_paused& e) {
  io.field("queue", e.queue);
  io.field("by", e.by);
  io.field("reason", e.reason);
}
void fields(auto& io, queue_resumed& e) {
  io.field("queue", e.queue);
  io.field("by", e.by);
}
void fields(auto& io, queue_limited& e) {
  io.field("queue", e.queue);
  io.field("concurrency", e.concurrency);
  io.field("by", e.by);
}
void fields(auto& io, policy_set& e) {
  io.field("name", e.name);
  io.field("policy_version", e.policy_version);
  io.field("policy", e.policy);
  io.field("by", e.by);
}
void fields(auto& io, worker_seen& e) {
  io.field("worker", e.worker);
  io.field("host", e.host);
  io.field("labels", e.labels);
}
void fields(auto& io, worker_quieted& e) {
  io.field("worker", e.worker);
  io.field("by", e.by);
}
void fields(auto& io, worker_lost& e) {
  io.field("worker", e.worker);
  io.field("reason", e.reason);
}
void fields(auto& io, result_refused& e) {
  io.field("job", e.job);
  io.field("fence", e.fence);
  io.field("worker", e.worker);
  io.field("answer", e.answer);
}
void fields(auto& io, clock_advanced& e) {
  io.field("to", e.to);
  io.field("by", e.by);
}
void fields(auto& io, purged& e) {
  io.field("first", e.first);
  io.field("last", e.last);
  io.field("count", e.count);
  io.field("archive", e.archive);
  io.added_field("jobs", e.jobs);
  io.added_field("events", e.events);
  io.added_field("first_seq", e.first_seq);
  io.added_field("last_seq", e.last_seq);
  io.added_field("sha256", e.sha256);
}
void fields(auto& io, rules_set& e) {
  io.field("rules", e.rules);
  io.field("by", e.by);
}
void fields(auto& io, forked& e) {
  io.field("from", e.from);
  io.field("last", e.last);
  io.field("left_out", e.left_out);
  io.field("chain", e.chain);
  io.field("chain_seq", e.chain_seq);
  io.field("redacted", e.redacted);
}
void fields(auto& io, fault_rule_set& e) {
  io.field("name", e.rule.name);
  io.field("kind", e.rule.kind);
  io.field("queue", e.rule.queue);
  io.field("type", e.rule.type);
  io.field("probability_ppm", e.rule.ppm);
  io.field("every", e.rule.every);
  io.field("seed", e.rule.seed);
  io.field("limit", e.rule.limit);
  io.field("delay_ms", e.rule.delay);
  io.field("by", e.by);
}
void fields(auto& io, fault_rule_removed& e) {
  io.field("name", e.name);
  io.field("by", e.by);
}
void fields(auto& io, fault_injected& e) {
  io.field("rule", e.rule);
  io.field("kind", e.kind);
  io.field("job", e.job);
  io.field("fence", e.fence);
  io.field("worker", e.worker);
}
void fields(auto& io, batch_opened& e) {
  io.field("batch", e.batch);
  io.field("description", e.description);
  io.field("parent", e.parent);
  io.field("complete", e.complete);
  io.field("success", e.success);
}
void fields(auto& io, batch_committed& e) { io.field("batch", e.batch); }
void fields(auto& io, batch_ended& e) {
  io.field("batch", e.batch);
  io.field("end", e.end);
  io.field("jobs", e.jobs);
  io.field("failed", e.failed);
}

template <class Event>
bool read_if(std::string_view type, json_fields& f, std::optional<system_event>& event) {
  if (name_of(static_cast<Event const*>(nullptr)) != type) return false;
  Event e{};
  reader io{f};
  fields(io, e);
  event = std::move(e);
  return true;
}

template <class... Events>
std::optional<system_event> read_any(std::string_view type, json_fields& f,
                                     std::variant<Events...> const*) {
  std::optional<system_event> event;
  (read_if<Events>(type, f, event) || ...);
  return event;
}

template <class... Events>
constexpr bool is_any(std::string_view type, std::variant<Events...> const*) {
  return ((name_of(static_cast<Events const*>(nullptr)) == type) || ...);
}

}  // namespace

encoded_event encode(system_event const& event) {
  encoded_event out;
  json_writer w{out.data};
  std::visit(
      [&](auto e) {
        out.type = name_of(&e);
        writer io{w};
        fields(io, e);
      },
      event);
  w.close();
  return out;
}

result<system_event, std::string> decode_system_event(std::string_view type,
                                                      std::string_view data) {
  json_fields f{data};
  auto event = read_any(type, f, static_cast<system_event const*>(nullptr));
  if (!event) return std::string{"unknown event type "} + std::string{type};
  f.finish();
  if (!f.ok())
    return std::string{type} + ": " + f.errors().front().field + " " + f.errors().front().message;
  return std::move(*event);
}

bool is_system_event(std::string_view type) {
  return is_any(type, static_cast<system_event const*>(nullptr));
}

}  // namespace retrylab
