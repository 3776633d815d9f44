#include "actors/engine.hpp"

#include "events/core/limits.hpp"

namespace retrylab {

engine::engine(engine_ports ports, engine_options options, log_head const& head)
    : ports_(std::move(ports)),
      options_(std::move(options)),
      deadlines_(ports_.time),
      simulator_(ports_.io, ports_.time, deadlines_, options_.seed),
      leases_({ports_.time, deadlines_, gates_, options_.handlers, remote_}, limits::reservation),
      system_(ports_.time, ports_.log, head.system_version),
      workers_(ports_.time, deadlines_, system_, leases_,
               {options_.lease, options_.connected_is_alive}),
      faults_(ports_.time, deadlines_, system_, leases_, options_.lab),
      queues_(system_, gates_),
      policies_(system_),
      batches_(ports_.io, ports_.time, deadlines_, system_),
      actors_(ports_.io,
              actor_ports{ports_.time, ports_.log, *this, options_.seed, system_.state().rules},
              ports_.reads, head.last_job),
      bulk_(ports_.io, ports_.time, deadlines_, ports_.reads, actors_),
      feed_(head.last),
      retention_(ports_.io, ports_.time, deadlines_, system_, ports_.reads, options_.retention),
      acknowledged_(head.last) {
  leases_.attach(actors_);
  batches_.attach(actors_);
  executor& simulator = options_.simulator ? *options_.simulator : simulator_;
  add({simulator, options_.dispatch});
}

void engine::add(runner r) { lanes_.emplace_back(*this, std::move(r)).starts.attach(actors_); }

void engine::committed(job_state const& state, std::span<job_record const> records) {
  acknowledged_ = std::max(acknowledged_, records.back().seq);
  if (state.spec->unique) actors_.keys().follow(state);
  if (state.spec->faktory && state.spec->faktory->track) tracked_.follow(state);
  if (state.spec->batch || state.spec->callback) batches_.follow(state);
  for (lane& l : lanes_) l.starts.committed(state, records);
  leases_.committed(state, records);
}

std::optional<start_attempt> engine::slot_for(job_state const& created, timestamp now) {
  for (lane& l : lanes_) {
    if (auto start = l.starts.slot_for(created, now)) return start;
  }
  return std::nullopt;
}

void engine::withdrawn(job_state const& created) {
  for (lane& l : lanes_) l.starts.withdrawn(created);
}

std::optional<job_command> engine::foretold(job_state const& begun) {
  for (lane& l : lanes_) {
    if (auto end = l.starts.foretold(begun)) return end;
  }
  return std::nullopt;
}

result<std::size_t, store_failure> engine::recover(job_reader& jobs, event_reader& log) {
  if (!system_.recover(log))
    return store_failure{store_failure::kind::broken, "the system's events cannot be read"};
  queues_.recover();
  if (auto const known = batches_.recover(jobs); !known) return known.error();
  std::size_t count = 0;
  job_id after{};
  for (;;) {
    auto const page = jobs.unended(after, limits::recovery_page);
    if (!page) return page.error();
    for (job_state const& state : *page) recover(state);
    count += page->size();
    if (page->size() < limits::recovery_page) return count;
    after = page->back().id;
  }
}

void engine::recover(job_state const& state) {
  if (state.spec->unique) actors_.keys().follow(state);
  if (state.spec->faktory && state.spec->faktory->track) tracked_.follow(state);
  for (lane& l : lanes_) l.starts.recover(state);
  leases_.recover(state);
  workers_.recover(state);
}

void engine::stop(std::function<void()> done) {
  retention_.stop();
  leases_.stop();
  auto const left = std::make_shared<std::size_t>(lanes_.size());
  for (lane& l : lanes_) {
    l.starts.stop([left, done] {
      if (--*left == 0) done();
    });
  }
}

std::size_t engine::ready(std::string_view queue) const {
  std::size_t sum = leases_.ready(queue);
  for (lane const& l : lanes_) sum += l.ready.size(queue);
  return sum;
}

std::optional<seq> engine::newest_attempt(std::string_view queue) const {
  std::optional<seq> newest = leases_.newest(queue);
  for (lane const& l : lanes_) newest = std::max(newest, l.starts.newest(queue));
  return newest;
}

std::optional<engine::slots> engine::slots_of(handler_kind kind) const {
  for (lane const& l : lanes_) {
    dispatcher_options const& options = l.starts.options();
    if (options.kind == kind)
      return slots{l.starts.running(), options.concurrency, l.starts.newest()};
  }
  return std::nullopt;
}

std::size_t engine::outside() const {
  std::size_t count = workers_.at_work();
  for (lane const& l : lanes_) {
    if (l.starts.options().kind != handler_kind::simulate) count += l.starts.running();
  }
  for (auto const& [name, w] : workers_.all()) {
    bool const here = w.connections > 0 || w.expected;
    if (!here || w.lost || w.state != worker_state::running) continue;
    for (std::string const& queue : w.queues) {
      if (gates_.is_open(queue)) count += leases_.ready(queue);
    }
  }
  return count;
}

void engine::note_advance(timestamp to, callback<bool> answer) {
  auto stored = [answer = std::move(answer)](append_reply const& reply) mutable {
    std::move(answer)(std::holds_alternative<appended>(reply));
  };
  system_.append(clock_advanced{to, "operator"}, std::move(stored));
}

bool engine::has_room(std::string_view queue, std::size_t count) const {
  return ready(queue) + count <= options_.queue_max_length;
}

void engine::resume() {
  for (lane& l : lanes_) l.starts.resume();
  leases_.resume();
  batches_.resume();
}

void engine::start(callback<bool> started) {
  server_started event{RETRYLAB_VERSION, options_.epoch, options_.seed};
  system_.append(std::move(event),
                 [this, started = std::move(started)](append_reply reply) mutable {
                   bool const recorded = std::holds_alternative<appended>(reply);
                   if (recorded) resume();
                   if (recorded) retention_.start();
                   std::move(started)(recorded);
                 });
}

}  // namespace retrylab
