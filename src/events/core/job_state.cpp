#include "events/core/job_state.hpp"

#include "events/core/result.hpp"

namespace retrylab {
namespace {

void end(job_state& s, job_status status, timestamp at) {
  s.status = status;
  s.running.reset();
  s.due.reset();
  s.finished_at = at;
}

void apply(job_state& s, created const& e, job_record const& r) {
  s.spec = e.spec;
  s.created_at = r.at;
  s.generation_at = r.at;
  bool const later = e.spec->run_at && *e.spec->run_at > r.at;
  s.status = later ? job_status::scheduled : job_status::queued;
  if (later) s.due = e.spec->run_at;
}

void apply(job_state& s, attempted const& e, job_record const& r) {
  s.status = job_status::running;
  s.due.reset();
  s.running = running_attempt{r.seq, e.attempt, e.worker, std::nullopt, false};
  if (e.lease) s.running->lease_expires_at = r.at + *e.lease;
  s.started_at = r.at;
  ++s.executions;
}

void apply(job_state& s, succeeded const& e, job_record const& r) {
  end(s, job_status::succeeded, r.at);
  s.result = e.result;
}

// Waiting for what follows in the same batch: retry_scheduled or dead_lettered.
void apply(job_state& s, failed const& e, job_record const& r) {
  s.status = job_status::retrying;
  s.running.reset();
  ++s.attempts;
  s.error = e.error;
  if (!s.first_failed_at) s.first_failed_at = r.at;
  if (e.cause == failure_cause::worker_lost) ++s.lost_workers;
}

void apply(job_state& s, retry_scheduled const& e, job_record const&) {
  s.status = job_status::retrying;
  s.due = e.due;
}

void apply(job_state& s, dead_lettered const&, job_record const& r) {
  end(s, job_status::failed, r.at);
}

void apply(job_state& s, released const&, job_record const&) {
  s.status = job_status::queued;
  s.running.reset();
}

void apply(job_state& s, rescheduled const& e, job_record const&) { s.due = e.due; }

void apply(job_state& s, cancel_requested const&, job_record const&) {
  if (s.running) s.running->cancel_requested = true;
}

void apply(job_state& s, cancelled const&, job_record const& r) {
  end(s, job_status::cancelled, r.at);
}

void apply(job_state& s, requeued const& e, job_record const& r) {
  s.generation = r.generation;
  s.generation_at = r.at;
  s.status = job_status::queued;
  s.attempts = 0;
  s.running.reset();
  s.due.reset();
  s.error.reset();
  s.result.reset();
  s.progress.reset();
  s.first_failed_at.reset();
  s.lost_workers = 0;
  s.finished_at.reset();
  if (!e.payload && !e.max_attempts && !e.retry) return;
  job_spec edited = *s.spec;
  if (e.payload) edited.payload = *e.payload;
  if (e.max_attempts) edited.max_attempts = *e.max_attempts;
  if (e.retry) edited.retry = *e.retry;
  s.spec = std::move(edited);
}

// From the dead letters, or straight after its last failure.
void apply(job_state& s, discarded const&, job_record const& r) {
  timestamp const ended = s.finished_at.value_or(r.at);
  end(s, job_status::discarded, ended);
}

void apply(job_state& s, extended const& e, job_record const&) {
  if (s.running) s.running->lease_expires_at = e.until;
}

void apply(job_state& s, progressed const& e, job_record const& r) {
  if (!s.progress) s.progress.emplace();
  if (e.percent) s.progress->percent = e.percent;
  if (e.text) s.progress->text = *e.text;
  s.progress->at = r.at;
}

using reason = std::optional<std::string>;

reason unless(bool legal, char const* why) { return legal ? reason{} : reason{why}; }

reason only_the_running_attempt(job_state const& s, seq fence) {
  if (s.status != job_status::running || !s.running) return "the job is not running";
  return unless(s.running->fence == fence, "the fence is not the running attempt's");
}

bool just_failed(job_state const& s) {
  return s.status == job_status::retrying && !s.due && !s.running;
}

}  // namespace

void evolve(job_state& state, job_record const& record) {
  std::visit([&](auto const& event) { apply(state, event, record); }, record.event);
  state.id = record.job;
  state.version = record.version;
  state.updated_at = record.at;
  state.seq = record.seq;
}

job_state fold(std::span<job_record const> records) {
  job_state state;
  for (job_record const& r : records) evolve(state, r);
  return state;
}

job_status status_at(job_state const& s, timestamp now) {
  bool const waits_for_time = s.status == job_status::scheduled || s.status == job_status::retrying;
  return waits_for_time && s.due && *s.due <= now ? job_status::queued : s.status;
}

std::optional<timestamp> next_deadline(job_state const& s) {
  if (s.status == job_status::running && s.running) return s.running->lease_expires_at;
  return is_waiting(s.status) ? s.due : std::nullopt;
}

std::optional<std::string> why_illegal(job_state const& s, job_event const& event) {
  if (std::holds_alternative<created>(event)) return unless(!s.exists(), "the job exists");
  if (!s.exists()) return "the job does not exist";
  if (just_failed(s) && !std::holds_alternative<retry_scheduled>(event) &&
      !std::holds_alternative<dead_lettered>(event) && !std::holds_alternative<discarded>(event)) {
    return "Failed must be followed by RetryScheduled, DeadLettered or Discarded";
  }
  return std::visit(
      overloaded{
          [&](created const&) { return reason{}; },
          [&](attempted const& e) {
            if (!is_waiting(s.status)) return reason{"only a waiting job starts"};
            return unless(e.attempt == s.attempts + 1 && e.attempt <= s.spec->max_attempts,
                          "the attempt's number is wrong");
          },
          [&](succeeded const& e) { return only_the_running_attempt(s, e.fence); },
          [&](failed const& e) { return only_the_running_attempt(s, e.fence); },
          [&](retry_scheduled const&) {
            return unless(just_failed(s), "only a failed attempt is retried");
          },
          [&](dead_lettered const&) {
            return unless(is_waiting(s.status),
                          "only a waiting or just failed job is dead-lettered");
          },
          [&](released const& e) { return only_the_running_attempt(s, e.fence); },
          [&](rescheduled const&) {
            return unless(s.status == job_status::scheduled || s.status == job_status::retrying,
                          "only a job that waits for its time is rescheduled");
          },
          [&](cancel_requested const&) {
            return unless(s.status == job_status::running && !s.running->cancel_requested,
                          "only a running job is asked to stop, once");
          },
          [&](cancelled const& e) {
            if (e.fence) return only_the_running_attempt(s, *e.fence);
            return unless(is_waiting(s.status), "only a waiting job is cancelled without a fence");
          },
          [&](requeued const&) {
            return unless(is_ended(s.status), "only an ended job is requeued");
          },
          [&](discarded const&) {
            return unless(s.status == job_status::failed || just_failed(s),
                          "only a failed job is discarded");
          },
          [&](extended const& e) {
            if (auto why = only_the_running_attempt(s, e.fence)) return why;
            return unless(s.running->lease_expires_at && *s.running->lease_expires_at < e.until,
                          "a lease only grows");
          },
          [&](progressed const&) { return std::optional<std::string>{}; },
      },
      event);
}

}  // namespace retrylab
