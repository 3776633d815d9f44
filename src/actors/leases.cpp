#include "actors/leases.hpp"

#include "events/core/limits.hpp"

#include <fmt/format.h>

namespace retrylab {
namespace {

constexpr unsigned priority_bits = 8;

// The worker did not end the attempt itself, and may not know.
bool is_taken(failure_cause cause) {
  return cause == failure_cause::worker_lost || cause == failure_cause::timeout ||
         cause == failure_cause::lease_expired;
}

}  // namespace

std::string jid_of(job_state const& job) {
  return job.spec->faktory ? job.spec->faktory->jid : fmt::format("job-{:08}", job.id.value);
}

leases::leases(ports const& p, milliseconds reservation)
    : clock_(p.time),
      timers_(p.timers),
      gates_(p.gates),
      handlers_(p.handlers),
      ready_(p.ready),
      reservation_(reservation),
      due_(timers_.on([this](std::uint64_t job, std::uint64_t where) {
        std::string_view const queue =
            queues_.name(static_cast<std::uint32_t>(where >> priority_bits));
        ready_.push(queue, where & ((1u << priority_bits) - 1), job_id{job});
        serve_queue(queue);
      })),
      lease_(timers_.on([this](std::uint64_t job, std::uint64_t) { tick(job_id{job}); })),
      step_(timers_.on([this](std::uint64_t, std::uint64_t) {
        step_armed_ = false;
        for (job_id job : std::exchange(ticks_later_, {})) tick(job);
        for (auto const& [worker, why] : std::exchange(lost_, {})) lose(worker, why);
        std::vector<std::string> queues;
        queues.reserve(waiting_.size());
        for (auto const& [queue, who] : waiting_) queues.push_back(queue);
        for (std::string const& queue : queues) serve_queue(queue);
      })) {
  gates_.on_change([this](std::string_view queue, bool open) {
    if (open) serve_queue(queue);
  });
}

void leases::committed(job_state const& state, std::span<job_record const> records) {
  bool const remote = handlers_.of(*state.spec) == handler_kind::remote;
  for (job_record const& r : records) {
    if (remote && std::holds_alternative<attempted>(r.event)) return hold(state);
    if (auto const* const failure = std::get_if<failed>(&r.event);
        failure && is_taken(failure->cause))
      take_away(state.id);
    if (auto const* const longer = std::get_if<extended>(&r.event); longer && remote)
      timers_.add(longer->until, lease_, state.id.value);
  }
  if (state.status != job_status::running && held_.contains(state.id)) let_go(state.id);
  if (remote && is_waiting(state.status)) enqueue(state);
}

void leases::recover(job_state const& state) {
  bool const remote = handlers_.of(*state.spec) == handler_kind::remote;
  if (remote && is_waiting(state.status)) return enqueue(state);
  if (!state.running || (!remote && is_in_process(state.running->worker))) return;
  gates_.take(gates_.at(state.spec->queue));
  hold(state);
}

void leases::resume() {
  granting_ = true;
  step_later();
}

void leases::stop() {
  granting_ = false;
  std::vector<fetch_id> idle;  // the others are being granted: their answers come
  for (auto const& [id, f] : fetches_) {
    if (f.waits) idle.push_back(id);
  }
  for (fetch_id id : idle) answer(id, std::nullopt);
}

void leases::enqueue(job_state const& s) {
  if (status_at(s, clock_.now()) == job_status::queued) {
    ready_.push(s.spec->queue, s.spec->priority, s.id);
    return serve_queue(s.spec->queue);
  }
  std::uint64_t const where =
      std::uint64_t{queues_.number(s.spec->queue)} << priority_bits | s.spec->priority;
  timers_.add(*s.due, due_, s.id.value, where);
}

// Its place in the queue was taken before.
void leases::hold(job_state const& s) {
  holding held{s.running->fence, s.running->worker, jid_of(s),         gates_.at(s.spec->queue),
               s.spec,           s.generation,      s.running->attempt};
  by_fence_.emplace(held.fence, s.id);
  by_jid_.emplace(held.jid, s.id);
  by_worker_[held.worker].insert(s.id);
  held_.insert_or_assign(s.id, std::move(held));
  if (s.running->lease_expires_at) timers_.add(*s.running->lease_expires_at, lease_, s.id.value);
}

void leases::let_go(job_id job) {
  auto const found = held_.find(job);
  holding const held = std::move(found->second);
  held_.erase(found);
  by_fence_.erase(held.fence);
  auto const [from, to] = by_jid_.equal_range(held.jid);
  for (auto at = from; at != to; ++at) {
    if (at->second != job) continue;
    by_jid_.erase(at);
    break;
  }
  auto const worker = by_worker_.find(held.worker);
  worker->second.erase(job);
  if (worker->second.empty()) by_worker_.erase(worker);
  gates_.give_back(held.queue);
}

void leases::take_away(job_id job) {
  auto const found = held_.find(job);
  if (found == held_.end()) return;
  holding const& held = found->second;
  taken_.push_back({{job, held.fence, held.worker}, held.jid});
  if (taken_.size() > limits::leases_taken) taken_.pop_front();
}

std::optional<seq> leases::newest(std::string_view queue) const {
  for (auto attempt = by_fence_.rbegin(); attempt != by_fence_.rend(); ++attempt) {
    if (held_.at(attempt->second).queue->first == queue) return attempt->first;
  }
  return std::nullopt;
}

fetch_id leases::fetch(fetch_request request, callback<fetch_answer> answer) {
  fetch_id const id = ++last_fetch_;
  ++asking_[request.worker];
  fetches_.emplace(id, request_state{std::move(request), std::move(answer)});
  serve(id);
  return id;
}

bool leases::cancel(fetch_id fetch) {
  auto const found = fetches_.find(fetch);
  if (found == fetches_.end() || !found->second.waits) return false;
  static_cast<void>(take(fetch));
  return true;
}

void leases::dismiss(std::string_view worker) {
  std::vector<fetch_id> idle;
  for (auto const& [id, f] : fetches_) {
    if (f.waits && f.request.worker == worker) idle.push_back(id);
  }
  for (fetch_id id : idle) answer(id, std::nullopt);
}

callback<fetch_answer> leases::take(fetch_id fetch) {
  auto const found = fetches_.find(fetch);
  unwait(fetch, found->second);
  auto const asking = asking_.find(found->second.request.worker);
  if (--asking->second == 0) asking_.erase(asking);
  callback<fetch_answer> answer = std::move(found->second.answer);
  fetches_.erase(found);
  return answer;
}

void leases::wait(fetch_id id, request_state& f) {
  f.waits = true;
  for (std::string const& queue : f.request.queues) waiting_[queue].insert(id);
}

void leases::unwait(fetch_id id, request_state& f) {
  if (!std::exchange(f.waits, false)) return;
  for (std::string const& queue : f.request.queues) {
    auto const line = waiting_.find(queue);
    line->second.erase(id);
    if (line->second.empty()) waiting_.erase(line);
  }
}

void leases::answer(fetch_id fetch, fetch_answer got) {
  callback<fetch_answer> tell = take(fetch);
  std::move(tell)(std::move(got));
}

void leases::serve(fetch_id id) {
  request_state& f = fetches_.at(id);
  for (std::string const& queue : f.request.queues) {
    if (!granting_ || !gates_.is_open(queue)) continue;
    if (auto const job = ready_.pop(queue)) {
      unwait(id, f);
      return grant(id, queue, *job);
    }
  }
  if (!f.waits) wait(id, f);
}

void leases::serve_queue(std::string_view queue) {
  while (granting_ && gates_.is_open(queue)) {
    auto const line = waiting_.find(queue);
    if (line == waiting_.end()) return;
    auto const job = ready_.pop(queue);
    if (!job) return;
    fetch_id const first = *line->second.begin();
    std::string const name = line->first;
    unwait(first, fetches_.at(first));
    grant(first, name, *job);
  }
}

void leases::grant(fetch_id id, std::string const& queue, job_id job) {
  auto const place = gates_.at(queue);
  gates_.take(place);
  start_attempt wish{fetches_.at(id).request.worker, reservation_};
  actors_->ask(job, std::move(wish), [this, id, job, place](ask_answer got) {
    if (got && got->status == job_status::running) return answer(id, std::move(*got));
    gates_.give_back(place);
    if (!got && is_transient(got.error())) {
      // Put back ahead of its queue: the exact place is not worth a second look at the log.
      ready_.push(place->first, limits::priority_max, job);
      wait(id, fetches_.at(id));
      return step_later();
    }
    serve(id);  // it has ended, or runs already
  });
}

void leases::report(job_id job, job_command command, callback<ask_answer> answer) {
  actors_->ask(job, std::move(command), std::move(answer));
}

void leases::lose(std::string const& worker, std::string const& why) {
  auto const found = by_worker_.find(worker);
  if (found == by_worker_.end()) return;
  for (job_id job : std::set<job_id>{found->second}) fail(job, held_.at(job), why);
}

void leases::fail(job_id job, holding const& held, std::string const& why) {
  report_failure verdict{held.fence, failure_cause::worker_lost, {"WorkerLost", why}};
  actors_->ask(job, std::move(verdict), [this, worker = held.worker, why](ask_answer const& got) {
    if (got || !is_transient(got.error())) return;
    lost_.insert_or_assign(worker, why);
    step_later();
  });
}

void leases::tick(job_id job) {
  actors_->ask(job, retrylab::tick{}, [this, job](ask_answer const& got) {
    if (got || !is_transient(got.error())) return;
    ticks_later_.push_back(job);
    step_later();
  });
}

void leases::step_later() {
  if (std::exchange(step_armed_, true)) return;
  timers_.add(clock_.now() + limits::transient_retry, step_, 0);
}

std::optional<lease_holder> leases::find(seq fence) const {
  auto const found = by_fence_.find(fence);
  if (found == by_fence_.end()) return std::nullopt;
  return lease_holder{found->second, fence, held_.at(found->second).worker};
}

std::optional<held_attempt> leases::look_at(seq fence) const {
  auto const by = find(fence);
  if (!by) return std::nullopt;
  holding const& held = held_.at(by->job);
  return held_attempt{*by, held.spec, held.generation, held.attempt};
}

std::optional<lease_holder> leases::find(std::string_view jid,
                                         std::optional<std::string_view> worker) const {
  std::optional<lease_holder> newest;
  auto const [from, to] = by_jid_.equal_range(jid);
  for (auto at = from; at != to; ++at) {
    holding const& held = held_.at(at->second);
    if (worker && held.worker != *worker) continue;
    if (!newest || newest->fence < held.fence)
      newest = lease_holder{at->second, held.fence, held.worker};
  }
  return newest;
}

std::optional<lease_holder> leases::taken(std::string_view jid,
                                          std::optional<std::string_view> worker) const {
  auto const found = std::find_if(taken_.rbegin(), taken_.rend(), [&](taken_attempt const& t) {
    return t.jid == jid && (!worker || t.from.worker == *worker);
  });
  return found == taken_.rend() ? std::nullopt : std::optional{found->from};
}

std::vector<lease_holder> leases::held_by(std::string_view worker) const {
  std::vector<lease_holder> out;
  auto const found = by_worker_.find(worker);
  if (found == by_worker_.end()) return out;
  out.reserve(found->second.size());
  for (job_id job : found->second) out.push_back({job, held_.at(job).fence, found->first});
  return out;
}

std::vector<lease_holder> leases::all() const {
  std::vector<lease_holder> out;
  out.reserve(held_.size());
  for (auto const& [job, held] : held_) out.push_back({job, held.fence, held.worker});
  return out;
}

std::size_t leases::running(std::string_view worker) const {
  auto const found = by_worker_.find(worker);
  return found == by_worker_.end() ? 0 : found->second.size();
}

}  // namespace retrylab
