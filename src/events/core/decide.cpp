#include "events/core/decide.hpp"

#include "events/core/entropy.hpp"
#include "events/core/limits.hpp"

namespace retrylab {
namespace {

using events = std::vector<job_event>;

// One event. (A braced list would copy it.)
template <class Event>
decision only(Event event) {
  events out;
  out.emplace_back(std::move(event));
  return out;
}

bool is_running(job_state const& s, seq fence) {
  return s.status == job_status::running && s.running && s.running->fence == fence;
}

rejection not_this_attempt(job_state const& s) {
  return s.status == job_status::running ? rejection::stale_fence : rejection::not_running;
}

bool too_old(job_state const& s, timestamp at) {
  return s.spec->retry.max_age && at - s.generation_at > *s.spec->retry.max_age;
}

microseconds delay_by(retry_policy const& policy, job_state const& s, decide_context const& ctx) {
  attempt_number const n = s.running->attempt;
  return delay_after(policy, n, draw(draw_for::jitter, ctx.seed, s.id, s.generation, n));
}

// When a failed attempt is tried again, and who says so. An attempt whose worker went away did not
// fail by itself: there is nothing to wait for.
retry_advice next_try(job_state const& s, report_failure const& c, retry_rule const* rule,
                      decide_context const& ctx) {
  if (rule) {
    microseconds const delay = rule->policy ? delay_by(*rule->policy, s, ctx) : rule->delay;
    return {delay, event_name(*rule)};
  }
  if (c.advice) return *c.advice;
  if (c.cause == failure_cause::worker_lost) return {microseconds{0}, "worker_lost"};
  retry_policy const& policy = s.spec->retry;
  return {delay_by(policy, s, ctx),
          policy.name.empty() ? std::string{to_string(policy.kind)} : policy.name};
}

// What follows a failed attempt: another one, or the dead letters.
job_event after_failure(job_state const& s, report_failure const& c, decide_context const& ctx) {
  bool const lost = c.cause == failure_cause::worker_lost;
  if (lost && s.lost_workers + 1 >= limits::lost_workers)
    return dead_lettered{dead_letter_reason::poison, "server"};
  retry_rule const* const rule = find_rule(ctx.rules, *s.spec, c.error);
  if (rule && rule->action == rule_action::dead_letter)
    return dead_lettered{dead_letter_reason::rule, event_name(*rule)};
  if (!rule && !c.retryable) return dead_lettered{dead_letter_reason::non_retryable, "server"};
  if (s.running->attempt >= s.spec->max_attempts) {
    if (s.spec->discard_exhausted) return discarded{"server", "its attempts are used up"};
    return dead_lettered{dead_letter_reason::attempts_exhausted, "server"};
  }
  retry_advice next = next_try(s, c, rule, ctx);
  timestamp const due = ctx.now + next.delay;
  if (too_old(s, due)) return dead_lettered{dead_letter_reason::max_age, "server"};
  return retry_scheduled{due, next.delay, std::move(next.rule)};
}

decision on(job_state const&, create_job const& c, decide_context const&) {
  return only(created{c.spec});
}

decision on(job_state const& s, start_attempt const& c, decide_context const& ctx) {
  if (!is_waiting(s.status) || status_at(s, ctx.now) != job_status::queued)
    return rejection::not_due;
  if (too_old(s, ctx.now)) return only(dead_lettered{dead_letter_reason::max_age, "server"});
  if (s.spec->expires_at && *s.spec->expires_at <= ctx.now)
    return only(cancelled{std::nullopt, "server", "expired"});
  return only(attempted{s.attempts + 1, c.worker, s.spec->timeout ? s.spec->timeout : c.lease});
}

decision on(job_state const& s, report_success const& c, decide_context const&) {
  if (!is_running(s, c.fence)) return not_this_attempt(s);
  return only(succeeded{c.fence, c.result});
}

decision on(job_state const& s, report_failure const& c, decide_context const& ctx) {
  if (!is_running(s, c.fence)) return not_this_attempt(s);
  if (s.running->cancel_requested) {
    return only(cancelled{c.fence, "server",
                          "the attempt failed after a cancel request: " + c.error.message});
  }
  events out;
  out.emplace_back(failed{c.fence, s.running->attempt, c.cause, c.error});
  out.push_back(after_failure(s, c, ctx));
  return out;
}

decision on(job_state const& s, release_attempt const& c, decide_context const&) {
  if (!is_running(s, c.fence)) return not_this_attempt(s);
  if (s.running->cancel_requested)
    return only(cancelled{c.fence, "server", "released after a cancel request"});
  return only(released{c.fence, c.reason});
}

decision on(job_state const& s, extend_lease const& c, decide_context const&) {
  if (!is_running(s, c.fence)) return not_this_attempt(s);
  if (!s.running->lease_expires_at || *s.running->lease_expires_at >= c.until)
    return rejection::nothing_due;
  return only(extended{c.fence, c.until});
}

decision on(job_state const&, report_progress const& c, decide_context const&) {
  return only(progressed{c.percent, c.text});
}

decision on(job_state const& s, confirm_cancel const& c, decide_context const&) {
  if (!is_running(s, c.fence) || !s.running->cancel_requested) return not_this_attempt(s);
  return only(cancelled{c.fence, "server", "stopped on request"});
}

bool has_moved_on(job_state const& s, std::optional<job_status> wanted, decide_context const& ctx) {
  return wanted && status_at(s, ctx.now) != *wanted;
}

decision on(job_state const& s, cancel_job const& c, decide_context const& ctx) {
  if (has_moved_on(s, c.only_if, ctx)) return rejection::moved_on;
  if (is_ended(s.status)) return rejection::not_cancellable;
  if (s.status != job_status::running) return only(cancelled{std::nullopt, c.by, c.reason});
  if (s.running->cancel_requested) return rejection::cancel_pending;
  return only(cancel_requested{c.by, c.reason});
}

decision on(job_state const& s, retry_job const& c, decide_context const& ctx) {
  if (has_moved_on(s, c.only_if, ctx)) return rejection::moved_on;
  if (is_ended(s.status)) return only(requeued{c.by, c.reason, c.payload, c.max_attempts, c.retry});
  if (c.payload || c.max_attempts || c.retry) return rejection::edits_need_an_ended_job;
  if (s.status == job_status::running || status_at(s, ctx.now) == job_status::queued)
    return rejection::not_retryable;
  return only(rescheduled{ctx.now, c.by, c.reason});
}

decision on(job_state const& s, discard_job const& c, decide_context const&) {
  if (s.status != job_status::failed) return rejection::not_failed;
  return only(discarded{c.by, c.reason});
}

decision on(job_state const& s, dead_letter_job const& c, decide_context const& ctx) {
  if (has_moved_on(s, c.only_if, ctx)) return rejection::moved_on;
  if (!is_waiting(s.status)) return rejection::not_waiting;
  return only(dead_lettered{dead_letter_reason::operator_, c.by});
}

// Only a running attempt has something to decide when its time is up; a waiting job that is due is
// started, not ticked.
decision on(job_state const& s, tick const&, decide_context const& ctx) {
  if (s.status != job_status::running || !s.running->lease_expires_at ||
      ctx.now < *s.running->lease_expires_at) {
    return rejection::nothing_due;
  }
  milliseconds const after =
      std::chrono::duration_cast<milliseconds>(*s.running->lease_expires_at - *s.started_at);
  bool const own_limit = s.spec->timeout && after >= *s.spec->timeout;
  report_failure const verdict{
      s.running->fence, own_limit ? failure_cause::timeout : failure_cause::lease_expired,
      job_error{own_limit ? "Timeout" : "LeaseExpired",
                "no result after " + std::to_string(after.count()) + " ms"}};
  return on(s, verdict, ctx);
}

}  // namespace

decision decide(job_state const& state, job_command const& command, decide_context const& context) {
  bool const creates = std::holds_alternative<create_job>(command);
  if (creates && state.exists()) return rejection::already_exists;
  if (!creates && !state.exists()) return rejection::no_such_job;
  return std::visit([&](auto const& c) { return on(state, c, context); }, command);
}

std::string explain(rejection why, job_status status) {
  std::string const is = "the job is " + std::string{to_string(status)};
  switch (why) {
    case rejection::already_exists:
      return "the job exists already";
    case rejection::no_such_job:
      return "there is no such job";
    case rejection::not_due:
      return is + " and not due";
    case rejection::not_running:
      return is + ", not RUNNING";
    case rejection::stale_fence:
      return "stale fence: the attempt was taken away, another one runs";
    case rejection::not_cancellable:
      return is + "; an ended job cannot be cancelled";
    case rejection::cancel_pending:
      return "the running attempt was asked to stop already";
    case rejection::not_retryable:
      return is + "; it runs by itself";
    case rejection::edits_need_an_ended_job:
      return is + "; edits are possible once it has ended";
    case rejection::not_failed:
      return is + "; only a FAILED job can be discarded";
    case rejection::not_waiting:
      return is + "; only a waiting job can be dead-lettered";
    case rejection::nothing_due:
      return "nothing is due";
    case rejection::moved_on:
      return is + " by now";
  }
  return "refused";
}

}  // namespace retrylab
