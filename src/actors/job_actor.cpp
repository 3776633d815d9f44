#include "actors/job_actor.hpp"

#include "events/core/assert.hpp"
#include "events/core/limits.hpp"

namespace retrylab {
namespace {

constexpr int conflicts_max = 3;

}  // namespace

bool is_transient(ask_error const& e) {
  return e.what == ask_error::kind::busy || e.what == ask_error::kind::log_busy ||
         e.what == ask_error::kind::disk_full || e.what == ask_error::kind::unavailable;
}

ask_error refusal_of(append_reply const& reply) {
  ask_error error;
  if (auto const* taken = std::get_if<key_taken>(&reply)) {
    error.what = ask_error::kind::key_taken;
    error.taken = *taken;
    return error;
  }
  auto const* refusal = std::get_if<log_refusal>(&reply);
  RETRYLAB_ASSERT(refusal, "not a refusal");
  switch (*refusal) {
    case log_refusal::busy:
      error.what = ask_error::kind::log_busy;
      break;
    case log_refusal::disk_full:
      error.what = ask_error::kind::disk_full;
      break;
    case log_refusal::poisoned:
      error.what = ask_error::kind::unavailable;
      break;
  }
  return error;
}

void job_actor::load() {
  loaded_ = false;
  if (!std::exchange(loading_, true)) load_(id_);
}

void job_actor::begin_with(job_state state) {
  RETRYLAB_ASSERT(!state_.exists() && !in_flight_, "a job that is created twice");
  state_ = std::move(state);
  loaded_ = true;
  drain();
}

void job_actor::loaded(std::optional<job_state> state) {
  loading_ = false;
  if (loaded_) return;  // was created while it was looked for
  if (!state) {
    for (letter& mail : std::exchange(mailbox_, {})) refuse(mail, ask_error::kind::unavailable);
    return;
  }
  loaded_ = true;
  state_ = std::move(*state);
  drain();
}

void job_actor::ask(job_command command, std::optional<key_claim> claim,
                    callback<ask_answer> answer) {
  letter mail{std::move(command), std::move(claim), std::move(answer)};
  if (mailbox_.size() >= limits::mailbox) return refuse(mail, ask_error::kind::busy);
  mailbox_.push_back(std::move(mail));
  loaded_ ? drain() : load();
}

// An answer may lead to another ask of this job, inside the loop: it only queues.
void job_actor::drain() {
  if (std::exchange(draining_, true)) return;
  while (loaded_ && !in_flight_ && !mailbox_.empty()) {
    letter mail = std::move(mailbox_.front());
    mailbox_.pop_front();
    handle(std::move(mail));
  }
  draining_ = false;
}

void job_actor::handle(letter mail) {
  timestamp const now = ports_.time.now();
  state_.id = id_;
  decide_context const context{now, ports_.seed, ports_.rules};
  decision decided = decide(state_, mail.command, context);
  if (!decided) {
    ask_error error;
    error.why = decided.error();
    error.status = status_at(state_, now);
    return std::move(mail.answer)(ask_answer{error});
  }
  job_draft draft{id_, state_, now};
  draft.add(std::move(*decided));
  std::size_t const own = draft.records().size();
  draft.add_what_is_certain(ports_.observer, context);
  append_batch batch;
  batch.claim = mail.claim;
  batch.events.reserve(draft.records().size());
  draft.encode_into(batch.events);
  in_flight_.emplace(append_in_flight{std::move(mail), std::move(draft), own});
  ports_.log.append(std::move(batch), [weak = weak_from_this()](append_reply reply) {
    if (auto const self = weak.lock()) self->stored(reply);
  });
}

void job_actor::stored(append_reply reply) {
  auto [mail, draft, own] = std::move(*in_flight_);
  in_flight_.reset();
  if (auto const* done = std::get_if<appended>(&reply)) {
    job_state told = committed(std::move(draft), done->first, own);
    std::move(mail.answer)(ask_answer{std::move(told)});
    return drain();
  }
  if (!state_.exists()) ports_.observer.withdrawn(draft.state());
  if (!std::holds_alternative<version_conflict>(reply)) {
    std::move(mail.answer)(ask_answer{refusal_of(reply)});
    return drain();
  }
  // Another writer was quicker: look again, decide again.
  RETRYLAB_ASSERT(++mail.conflicts <= conflicts_max,
                  "a stream that is always ahead of its only writer");
  mailbox_.push_front(std::move(mail));
  load();
}

// What the asker is told of.
job_state job_actor::committed(job_draft draft, seq first, std::size_t own) {
  auto [state, records] = std::move(draft).placed(first);
  job_state told = state;
  if (own < records.size()) {
    told = std::move(state_);
    for (std::size_t i = 0; i < own; ++i) evolve(told, records[i]);
  }
  state_ = std::move(state);
  ports_.observer.committed(state_, records);
  return told;
}

void job_actor::refuse(letter& mail, ask_error::kind what) const {
  ask_error error;
  error.what = what;
  error.status = state_.status;
  std::move(mail.answer)(ask_answer{error});
}

}  // namespace retrylab
