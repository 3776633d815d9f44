#include "actors/fault_injector.hpp"

#include "events/core/limits.hpp"

#include <algorithm>

namespace retrylab {
namespace {

bool concerns(fault_rule const& rule, fault_subject const& s) {
  bool const queue =
      rule.queue.empty() || std::ranges::find(s.queues, rule.queue) != s.queues.end();
  return queue && (rule.type.empty() || rule.type == s.type);
}

}  // namespace

fault_subject subject_of(job_state const& leased) {
  return {leased.running->worker, {leased.spec->queue}, leased.spec->type,      leased.id,
          leased.running->fence,  leased.generation,    leased.running->attempt};
}

fault_subject subject_of(held_attempt const& held) {
  return {held.by.worker, {held.spec->queue}, held.spec->type, held.by.job,
          held.by.fence,  held.generation,    held.attempt};
}

fault_injector::fault_injector(clock& time, deadlines& timers, system_stream& system,
                               leases& attempts, bool enabled)
    : clock_(time),
      system_(system),
      leases_(attempts),
      enabled_(enabled),
      timers_(timers),
      expire_(timers_.on([this](std::uint64_t fence, std::uint64_t) { expire(seq{fence}); })) {}

void fault_injector::set(fault_rule rule, callback<append_reply> answer) {
  auto stored = [this, name = rule.name, answer = std::move(answer)](append_reply reply) mutable {
    tallies_.erase(name);
    std::move(answer)(reply);
  };
  system_.append(fault_rule_set{std::move(rule), "operator"}, std::move(stored));
}

void fault_injector::remove(std::string name, callback<append_reply> answer) {
  tallies_.erase(name);
  system_.append(fault_rule_removed{std::move(name), "operator"}, std::move(answer));
}

bool fault_injector::may(fault_kind kind) const {
  return enabled_ && std::ranges::any_of(rules(), [&](auto const& named) {
           return named.second.rule.kind == kind;
         });
}

// Those of earlier starts are in the state, those on their way to the log in the tally.
bool fault_injector::has_room(fault_rule const& rule) {
  auto const [at, fresh] = tallies_.try_emplace(rule.name);
  if (fresh) at->second.injected = rules().find(rule.name)->second.injected;
  return !rule.limit || at->second.injected < *rule.limit;
}

fault_rule const* fault_injector::decide(fault_kind kind, fault_subject const& s) {
  for (auto const& [name, setting] : rules()) {
    fault_rule const& rule = setting.rule;
    if (rule.kind != kind || !concerns(rule, s)) continue;
    bool const room = has_room(rule);
    std::uint64_t const ordinal = ++tallies_.find(name)->second.occasions;
    if (room && falls_on(rule, {s.job, s.generation, s.attempt, ordinal})) return &rule;
  }
  return nullptr;
}

void fault_injector::record(fault_rule const& rule, fault_subject const& s, callback<bool> answer) {
  ++tallies_[rule.name].injected;
  system_.append(fault_injected{rule.name, rule.kind, s.job, s.fence, s.worker},
                 [answer = std::move(answer)](append_reply reply) mutable {
                   std::move(answer)(std::holds_alternative<appended>(reply));
                 });
}

void fault_injector::ask(fault_kind kind, fault_subject subject,
                         callback<std::optional<fault_rule>> answer) {
  bool const again = kind == fault_kind::drop_ack && acks_dropped_.contains(subject.fence);
  fault_rule const* const found = enabled_ && !again ? decide(kind, subject) : nullptr;
  if (!found) return std::move(answer)(std::nullopt);
  if (kind == fault_kind::drop_ack) {
    acks_dropped_.insert(subject.fence);
    if (acks_dropped_.size() > limits::leases_taken) acks_dropped_.erase(acks_dropped_.begin());
  }
  auto recorded = [rule = *found, answer = std::move(answer)](bool stored) mutable {
    std::move(answer)(stored ? std::optional{std::move(rule)} : std::nullopt);
  };
  record(*found, subject, std::move(recorded));
}

void fault_injector::granted(job_state const& leased) {
  fault_subject const subject = subject_of(leased);
  if (auto const* const rule = decide(fault_kind::deliver_twice, subject)) {
    twice_.push_back({rule->name, leased});
    if (twice_.size() > limits::leases_taken) twice_.pop_front();
  }
  if (auto const* const rule = decide(fault_kind::expire_lease, subject)) {
    expiring_.emplace(subject.fence, pending{rule->name, leased});
    timers_.add(clock_.now() + rule->delay, expire_, subject.fence.value);
  }
}

void fault_injector::duplicate(std::string worker, std::vector<std::string> const& queues,
                               callback<fetch_answer> answer) {
  std::erase_if(twice_, [&](pending const& p) {
    return !leases_.find(p.job.running->fence) || !rules().contains(p.rule);
  });
  auto const next = std::ranges::find_if(twice_, [&](pending const& p) {
    bool const asked = std::ranges::find(queues, p.job.spec->queue) != queues.end();
    return asked && has_room(rules().find(p.rule)->second.rule);
  });
  if (next == twice_.end()) return std::move(answer)(std::nullopt);
  pending again = std::move(*next);
  twice_.erase(next);
  fault_subject subject = subject_of(again.job);
  subject.worker = std::move(worker);
  fault_rule const rule = rules().find(again.rule)->second.rule;
  auto recorded = [job = std::move(again.job), answer = std::move(answer)](bool stored) mutable {
    std::move(answer)(stored ? fetch_answer{std::move(job)} : std::nullopt);
  };
  record(rule, subject, std::move(recorded));
}

// The attempt may end first, so this fault is recorded when it has happened.
void fault_injector::expire(seq fence) {
  auto const waits = expiring_.find(fence);
  if (waits == expiring_.end()) return;
  auto const found = rules().find(waits->second.rule);
  if (!leases_.find(fence) || found == rules().end() || !has_room(found->second.rule))
    return void(expiring_.erase(waits));
  fault_rule const rule = found->second.rule;
  fault_subject const subject = subject_of(waits->second.job);
  ++tallies_[rule.name].injected;
  report_failure early{fence,
                       failure_cause::lease_expired,
                       {"LeaseExpired", "the lease ended early: a fault on purpose"}};
  leases_.report(subject.job, std::move(early), [this, rule, subject](ask_answer const& got) {
    --tallies_[rule.name].injected;
    if (!got && is_transient(got.error()))
      return timers_.add(clock_.now() + limits::transient_retry, expire_, subject.fence.value);
    expiring_.erase(subject.fence);
    if (got) record(rule, subject, [](bool) {});
  });
}

}  // namespace retrylab
