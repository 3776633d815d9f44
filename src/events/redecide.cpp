#include "events/redecide.hpp"

#include "events/event_codec.hpp"

#include <algorithm>

namespace retrylab {
namespace {

using commands = std::vector<job_command>;

// Whether the job's policy, a rule or the loss of a worker names itself so; else somebody advised.
bool decided_by_us(std::string const& rule, job_state const& before,
                   std::span<retry_rule const> rules) {
  retry_policy const& own = before.spec->retry;
  return rule == own.name || (own.name.empty() && rule == to_string(own.kind)) ||
         rule == "worker_lost" || std::any_of(rules.begin(), rules.end(), [&](retry_rule const& r) {
           return event_name(r) == rule;
         });
}

report_failure failure_of(failed const& e, job_event const& next, job_state const& before,
                          std::span<retry_rule const> rules) {
  report_failure c{e.fence, e.cause, e.error, true, std::nullopt};
  if (auto const* const end = std::get_if<dead_lettered>(&next))
    c.retryable = end->reason != dead_letter_reason::non_retryable;
  if (auto const* const again = std::get_if<retry_scheduled>(&next)) {
    if (!decided_by_us(again->rule, before, rules))
      c.advice = retry_advice{again->delay, again->rule};
  }
  return c;
}

// The commands that such a first event may have come from.
class inference {
 public:
  inference(job_state const& before, std::span<job_record const> batch,
            std::span<retry_rule const> rules)
      : before_(before), batch_(batch), rules_(rules) {}

  commands operator()(created const& e) const { return {create_job{e.spec}}; }
  commands operator()(attempted const& e) const {
    return {start_attempt{e.worker, before_.spec->timeout ? std::nullopt : e.lease}};
  }
  commands operator()(succeeded const& e) const { return {report_success{e.fence, e.result}}; }
  commands operator()(failed const& e) const {
    if (batch_.size() < 2) return {};
    return {failure_of(e, batch_[1].event, before_, rules_)};
  }
  commands operator()(retry_scheduled const&) const { return {}; }
  commands operator()(dead_lettered const& e) const {
    return {start_attempt{}, dead_letter_job{e.by}};
  }
  commands operator()(released const& e) const { return {release_attempt{e.fence, e.reason}}; }
  commands operator()(rescheduled const& e) const { return {retry_job{e.by, e.reason}}; }
  commands operator()(cancel_requested const& e) const { return {cancel_job{e.by, e.reason}}; }
  commands operator()(cancelled const& e) const {
    if (!e.fence) return {cancel_job{e.by, e.reason}, start_attempt{}};
    std::string_view constexpr told = "the attempt failed after a cancel request: ";
    commands all{confirm_cancel{*e.fence}, release_attempt{*e.fence, ""}};
    if (e.reason.starts_with(told))
      all.emplace_back(
          report_failure{*e.fence, failure_cause::error, {"", e.reason.substr(told.size())}});
    return all;
  }
  commands operator()(requeued const& e) const {
    return {retry_job{e.by, e.reason, e.payload, e.max_attempts, e.retry}};
  }
  commands operator()(discarded const& e) const { return {discard_job{e.by, e.reason}}; }
  commands operator()(extended const& e) const { return {extend_lease{e.fence, e.until}}; }
  commands operator()(progressed const& e) const { return {report_progress{e.percent, e.text}}; }

 private:
  job_state const& before_;
  std::span<job_record const> batch_;
  std::span<retry_rule const> rules_;
};

bool same(std::vector<job_event> const& decided, std::span<job_record const> batch) {
  return std::equal(decided.begin(), decided.end(), batch.begin(), batch.end(),
                    [](job_event const& a, job_record const& b) { return a == b.event; });
}

std::string names(auto const& events, auto event_in) {
  std::string out;
  for (auto const& e : events) {
    encoded_event const text = encode(event_in(e));
    out.append(out.empty() ? "" : " and ").append(text.type).append(" ").append(text.data);
  }
  return out;
}

}  // namespace

std::size_t events_of_one_command(std::span<job_record const> stream) {
  bool const failure = std::holds_alternative<failed>(stream.front().event);
  return failure && stream.size() > 1 ? 2 : 1;
}

std::optional<std::string> redecide(job_state const& before, std::span<job_record const> batch,
                                    std::uint64_t seed, std::span<retry_rule const> rules) {
  std::string decided = "nothing";
  for (job_command const& c : std::visit(inference{before, batch, rules}, batch.front().event)) {
    decision const again = decide(before, c, {batch.front().at, seed, rules});
    if (again && same(*again, batch)) return std::nullopt;
    decided = again ? names(*again, [](job_event const& e) { return e; })
                    : explain(again.error(), before.status);
  }
  return "the log has " + names(batch, [](job_record const& r) { return r.event; }) +
         "; this program decides " + decided;
}

}  // namespace retrylab
