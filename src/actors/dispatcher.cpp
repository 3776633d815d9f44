#include "actors/dispatcher.hpp"

#include "events/core/limits.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace retrylab {
namespace {

constexpr unsigned priority_bits = 8;
constexpr char const* stop_reason = "the server stops";

attempt_work work_of(job_state const& s) {
  return {s.id, s.running->fence, s.running->attempt, s.generation, s.spec};
}

}  // namespace

dispatcher::dispatcher(ports const& p, dispatcher_options options)
    : clock_(p.time),
      timers_(p.timers),
      gates_(p.gates),
      handlers_(p.handlers),
      ready_(p.ready),
      executor_(p.runs),
      options_(std::move(options)),
      due_(timers_.on([this](std::uint64_t job, std::uint64_t where) {
        unsigned const priority = where & ((1u << priority_bits) - 1);
        ready_.push(queues_.name(static_cast<std::uint32_t>(where >> priority_bits)), priority,
                    job_id{job});
        pump();
      })),
      lease_(timers_.on([this](std::uint64_t job, std::uint64_t) { tick(job_id{job}); })),
      step_(timers_.on([this](std::uint64_t, std::uint64_t) {
        step_armed_ = false;
        for (job_id job : std::exchange(ticks_later_, {})) tick(job);
        for (auto& [job, s] : running_) {
          if (s.result) report(job, s.fence, *std::exchange(s.result, std::nullopt));
        }
        pump();
      })) {
  gates_.on_change([this](std::string_view queue, bool open) {
    ready_.open(queue, open);
    if (open) pump();
  });
}

void dispatcher::committed(job_state const& state, std::span<job_record const> records) {
  bool const runs = state.status == job_status::running;
  settle(state, runs);
  auto const begins = [](job_record const& r) {
    return std::holds_alternative<attempted>(r.event);
  };
  if (runs && std::any_of(records.begin(), records.end(), begins) &&
      handlers_.of(*state.spec) == options_.kind)
    return begin(state);
  auto const held = running_.find(state.id);
  if (held != running_.end()) {
    if (!runs) {
      free_slot(state.id);
    } else if (state.running->cancel_requested) {
      executor_.cancel(state.running->fence);
    }
  }
  if (is_waiting(state.status)) enqueue(state);
  pump();
}

std::optional<start_attempt> dispatcher::slot_for(job_state const& created, timestamp now) {
  job_spec const& spec = *created.spec;
  if (handlers_.of(spec) != options_.kind || status_at(created, now) != job_status::queued)
    return std::nullopt;
  bool const waits =
      paused_ || !has_slot() || passed_over_ > 0 || ready_.may_pop() || !gates_.is_open(spec.queue);
  creating_.emplace_hint(creating_.end(), created.id, waits ? creation::waits : creation::starts);
  if (waits) {
    ++passed_over_;
    return std::nullopt;
  }
  ++starting_;
  gates_.take(gates_.at(spec.queue));
  return start_attempt{options_.worker};
}

std::optional<job_command> dispatcher::foretold(job_state const& begun) {
  if (handlers_.of(*begun.spec) != options_.kind) return std::nullopt;
  seq const fence = begun.running->fence;
  auto outcome = executor_.foretell(work_of(begun));
  if (!outcome) return std::nullopt;
  if (auto const found = creating_.find(begun.id); found != creating_.end()) {
    found->second = creation::ends;
    --starting_;
    gates_.give_back(gates_.at(begun.spec->queue));
  }
  return command_for(fence, std::move(*outcome));
}

void dispatcher::withdrawn(job_state const& created) {
  settle(created, false);
  pump();
}

// A creation has come to the log, or will not.
void dispatcher::settle(job_state const& created, bool runs) {
  auto const found = creating_.find(created.id);
  if (found == creating_.end()) return;
  creation const how = found->second;
  creating_.erase(found);
  if (how == creation::waits) --passed_over_;
  if (how != creation::starts) return;
  --starting_;
  if (runs) return;  // the slot is given back when the attempt ends
  gates_.give_back(gates_.at(created.spec->queue));
  check_stopped();
}

void dispatcher::recover(job_state const& state) {
  if (handlers_.of(*state.spec) != options_.kind) return;
  if (is_waiting(state.status)) return enqueue(state);
  std::string const& worker = state.running->worker;
  if (worker != options_.worker && !is_in_process(worker)) return;  // its lease goes on
  seq const fence = state.running->fence;
  auto const queue = gates_.at(state.spec->queue);
  gates_.take(queue);
  running_.insert_or_assign(state.id, slot{fence, queue});
  report(state.id, fence,
         report_failure{fence,
                        failure_cause::interrupted,
                        {"Interrupted", "the server ended while the attempt ran"}});
}

void dispatcher::resume() {
  paused_ = false;
  pump();
}

void dispatcher::enqueue(job_state const& s) {
  if (handlers_.of(*s.spec) != options_.kind) return;
  if (status_at(s, clock_.now()) == job_status::queued)
    return ready_.push(s.spec->queue, s.spec->priority, s.id);
  std::uint64_t const where =
      std::uint64_t{queues_.number(s.spec->queue)} << priority_bits | s.spec->priority;
  timers_.add(*s.due, due_, s.id.value, where);
}

void dispatcher::begin(job_state const& s) {
  seq const fence = s.running->fence;
  running_.insert_or_assign(s.id, slot{fence, gates_.at(s.spec->queue)});
  if (stopping_) return report(s.id, fence, release_attempt{fence, stop_reason});
  if (s.running->lease_expires_at) timers_.add(*s.running->lease_expires_at, lease_, s.id.value);
  executor_.start(work_of(s), [this, job = s.id, fence](attempt_outcome outcome) {
    finished(job, fence, std::move(outcome));
  });
}

void dispatcher::free_slot(job_id job) {
  auto const held = running_.find(job);
  slot const freed = std::move(held->second);
  running_.erase(held);
  executor_.forget(freed.fence);
  gates_.give_back(freed.queue);
  check_stopped();
}

bool dispatcher::has_slot() const {
  return running_.size() + starting_ < options_.concurrency && !step_armed_;
}

void dispatcher::pump() {
  if (paused_ || std::exchange(pumping_, true)) return;
  while (has_slot()) {
    auto const next = ready_.pop();
    if (!next) break;
    start(*next);
  }
  pumping_ = false;
}

void dispatcher::start(ready_job next) {
  ++starting_;
  auto const queue = gates_.at(next.queue);
  gates_.take(queue);
  job_id const job = next.job;
  actors_->ask(job, start_attempt{options_.worker}, [this, job, queue](ask_answer answer) {
    --starting_;
    bool const runs = answer && answer->status == job_status::running;
    if (!runs) gates_.give_back(queue);  // else the slot does, when the attempt ends
    // Put back ahead of its queue: the exact place is not worth a second look at the log.
    if (!answer && is_transient(answer.error())) {
      ready_.push(queue->first, limits::priority_max, job);
      step_later();
    }
    check_stopped();
    pump();
  });
}

void dispatcher::finished(job_id job, seq fence, attempt_outcome outcome) {
  report(job, fence, command_for(fence, std::move(outcome)));
}

void dispatcher::report(job_id job, seq fence, job_command command) {
  job_command again = command;
  actors_->ask(job, std::move(command),
               [this, job, fence, again = std::move(again)](ask_answer answer) mutable {
                 if (answer || !is_transient(answer.error()))
                   return;  // a stale fence: the attempt was taken away meanwhile
                 auto const held = running_.find(job);
                 if (held == running_.end() || held->second.fence != fence) return;
                 held->second.result = std::move(again);
                 step_later();
               });
}

void dispatcher::tick(job_id job) {
  actors_->ask(job, retrylab::tick{}, [this, job](ask_answer answer) {
    if (answer || !is_transient(answer.error())) return;
    ticks_later_.push_back(job);
    step_later();
  });
}

void dispatcher::step_later() {
  if (std::exchange(step_armed_, true)) return;
  timers_.add(clock_.now() + limits::transient_retry, step_, 0);
}

std::optional<seq> dispatcher::newest(std::optional<std::string_view> queue) const {
  std::optional<seq> newest;
  for (auto const& [job, s] : running_) {
    if (queue && s.queue->first != *queue) continue;
    if (!newest || *newest < s.fence) newest = s.fence;
  }
  return newest;
}

void dispatcher::stop(std::function<void()> done) {
  paused_ = true;
  stopping_ = true;
  stopped_ = std::move(done);
  auto const held = running_;
  for (auto const& [job, s] : held) {
    executor_.forget(s.fence);
    report(job, s.fence, release_attempt{s.fence, stop_reason});
  }
  check_stopped();
}

void dispatcher::check_stopped() {
  if (!stopped_ || !running_.empty() || starting_ > 0) return;
  std::exchange(stopped_, nullptr)();
}

}  // namespace retrylab
