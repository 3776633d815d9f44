#include "events/redaction/redactor.hpp"

#include "events/event_codec.hpp"
#include "events/json_writer.hpp"

#include <array>

namespace retrylab {
namespace {

// What the simulator reads in a payload: nothing of a person, and a slice without it plays on in
// another way.
constexpr std::array<std::string_view, 6> controls{"force",       "sequence",     "fail_times",
                                                   "duration_ms", "success_rate", "seed"};
constexpr std::string_view batch_tag = "batch:";

bool is_own_word(std::string_view by) { return by == "server" || by == "operator"; }

bool is_own_worker(std::string_view worker) {
  return worker == "simulator" || worker == "exec" || worker == "http";
}

// The fields that people wrote, each with what it is.
class fields {
 public:
  explicit fields(value_redactor& values) : values_(values) {}

  void text(redact_part part, std::string_view pointer, std::string& value, bool spared = false) {
    if (!value.empty()) value = values_.text(part, pointer, value, spared).value_or("");
  }
  void text(redact_part part, std::string_view pointer, std::optional<std::string>& value) {
    if (value) value = values_.text(part, pointer, *value);
  }
  void texts(redact_part part, std::string const& pointer, std::vector<std::string>& values) {
    std::vector<std::string> kept;
    std::size_t index = 0;
    for (std::string& value : values) {
      std::string const at = pointer + "/" + std::to_string(index++);
      bool const spared = part == redact_part::tags && value.starts_with(batch_tag);
      if (auto now = values_.text(part, at, value, spared)) kept.push_back(std::move(*now));
    }
    values = std::move(kept);
  }
  void by(std::string& value) { text(redact_part::text, "/by", value, is_own_word(value)); }
  void reason(std::string& value) { text(redact_part::text, "/reason", value); }
  void worker(std::string& value) {
    text(redact_part::workers, "/worker", value, is_own_worker(value));
  }
  // An object stays one.
  void payload(raw_json& value) {
    auto now = values_.json(redact_part::payload, value.text, controls);
    if (!now) {
      value.text = "{}";
    } else if (now->starts_with('{')) {
      value.text = std::move(*now);
    } else {
      value.text.clear();
      json_writer w{value.text};
      w.raw("redacted", std::string_view{*now}).close();
    }
  }
  void error(job_error& e) {
    text(redact_part::error, "/type", e.type, true);
    text(redact_part::error, "/message", e.message);
    texts(redact_part::error, "/backtrace", e.backtrace);
  }
  void spec(job_spec& s) {
    payload(s.payload);
    texts(redact_part::tags, "", s.tags);
    text(redact_part::ids, "/idempotency_key", s.idempotency_key);
    if (s.unique) text(redact_part::ids, "/unique", s.unique->key);
    if (s.faktory) text(redact_part::ids, "/jid", s.faktory->jid);
  }

  void in(created& e) {
    job_spec now = *e.spec;
    spec(now);
    e.spec = std::move(now);
  }
  void in(attempted& e) { worker(e.worker); }
  void in(succeeded& e) {
    if (!e.result) return;
    auto now = values_.json(redact_part::result, e.result->text);
    now ? (e.result->text = std::move(*now), void()) : e.result.reset();
  }
  void in(failed& e) { error(e.error); }
  void in(retry_scheduled&) {}
  void in(dead_lettered& e) { by(e.by); }
  void in(released& e) { reason(e.reason); }
  void in(rescheduled& e) { by(e.by), reason(e.reason); }
  void in(cancel_requested& e) { by(e.by), reason(e.reason); }
  void in(cancelled& e) { by(e.by), reason(e.reason); }
  void in(requeued& e) {
    by(e.by), reason(e.reason);
    if (e.payload) payload(*e.payload);
  }
  void in(discarded& e) { by(e.by), reason(e.reason); }
  void in(extended&) {}
  void in(progressed& e) { text(redact_part::text, "/progress", e.text); }

  void in(server_started&) {}
  void in(queue_paused& e) { by(e.by), reason(e.reason); }
  void in(queue_resumed& e) { by(e.by); }
  void in(queue_limited& e) { by(e.by); }
  void in(policy_set& e) { by(e.by); }
  void in(rules_set& e) { by(e.by); }
  void in(worker_seen& e) {
    worker(e.worker);
    text(redact_part::workers, "/host", e.host);
    texts(redact_part::workers, "/labels", e.labels);
  }
  void in(worker_quieted& e) { worker(e.worker), by(e.by); }
  void in(worker_lost& e) { worker(e.worker), reason(e.reason); }
  void in(result_refused& e) { worker(e.worker); }
  void in(clock_advanced& e) { by(e.by); }
  void in(purged&) {}
  void in(batch_opened& e) {
    text(redact_part::text, "/description", e.description);
    for (auto* const callback : {&e.complete, &e.success}) {
      if (*callback) in_callback(**callback);
    }
  }
  // A callback that is no Created any more cannot be searched.
  [[nodiscard]] bool unreadable() const { return unreadable_; }

  void in(batch_committed&) {}
  void in(batch_ended&) {}
  void in(forked&) {}
  void in(fault_rule_set& e) { by(e.by); }
  void in(fault_rule_removed& e) { by(e.by); }
  void in(fault_injected& e) { worker(e.worker); }

 private:
  // The data of a Created, for later.
  void in_callback(raw_json& data) {
    auto decoded = decode_job_event("Created", data.text);
    if (!decoded) return void(unreadable_ = true);
    auto& creation = std::get<created>(*decoded);
    values_.begin(creation.spec->type, creation.spec->queue);
    in(creation);
    data.text = encode(*decoded).data;
  }

  value_redactor& values_;
  bool unreadable_ = false;
};

std::string queue_of(system_event const& event) {
  if (auto const* const e = std::get_if<queue_paused>(&event)) return e->queue;
  if (auto const* const e = std::get_if<queue_resumed>(&event)) return e->queue;
  if (auto const* const e = std::get_if<queue_limited>(&event)) return e->queue;
  return {};
}

template <class Event>
std::optional<std::string> take_out(value_redactor& values, Event& event, stored_event& row) {
  std::uint64_t const before = values.redacted();
  fields people{values};
  std::visit([&](auto& e) { people.in(e); }, event);
  if (people.unreadable()) return "has a callback that cannot be read";
  if (values.redacted() == before) return std::nullopt;  // byte for byte as it was
  row.data = encode(event).data;
  row.known.reset();
  return std::nullopt;
}

}  // namespace

std::optional<std::string> redactor::redact_job_event(stored_event& row) {
  auto event = decode_job_event(row.type, row.data);
  if (!event) return event.error();
  if (auto const* const creation = std::get_if<created>(&*event)) {
    auto const [at, fresh] =
        kinds_.try_emplace({creation->spec->type, creation->spec->queue}, kind_names_.size());
    if (fresh) kind_names_.push_back(&at->first);
    kind_of_[row.job.value] = at->second;
  }
  auto const known = kind_of_.find(row.job.value);
  if (known == kind_of_.end()) return "has no Created before it";
  auto const& [type, queue] = *kind_names_[known->second];
  values_.begin(type, queue);
  return take_out(values_, *event, row);
}

std::optional<std::string> redactor::redact_system_event(stored_event& row) {
  auto event = decode_system_event(row.type, row.data);
  if (!event) return event.error();
  values_.begin("", queue_of(*event));
  return take_out(values_, *event, row);
}

std::optional<std::string> redactor::redact(stored_event& row) {
  auto why = row.job == system_id ? redact_system_event(row) : redact_job_event(row);
  if (why) *why = "event " + std::to_string(row.seq.value) + " " + *why;
  return why;
}

}  // namespace retrylab
