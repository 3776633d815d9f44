#include "actors/engine.hpp"

#include "events/core/limits.hpp"

namespace retrylab {

engine::engine(engine_ports ports, engine_options options, log_head const& head)
    : ports_(std::move(ports)),
      options_(std::move(options)),
      deadlines_(ports_.time),
      simulator_(ports_.io, ports_.time, deadlines_, options_.seed),
      dispatcher_(ports_.time, deadlines_, ready_, simulator_, options_.dispatch),
      system_(ports_.time, ports_.log, head.system_version),
      queues_(system_, dispatcher_),
      actors_(ports_.io, actor_ports{ports_.time, ports_.log, *this, options_.seed}, ports_.reads,
              head.last_job),
      feed_(head.last),
      retention_(ports_.io, ports_.time, deadlines_, system_, ports_.reads, options_.retention),
      acknowledged_(head.last) {
  dispatcher_.attach(actors_);
}

void engine::committed(job_state const& state, std::span<job_record const> records) {
  acknowledged_ = std::max(acknowledged_, records.back().seq);
  dispatcher_.committed(state, records);
}

result<std::size_t, store_failure> engine::recover(job_reader& jobs, event_reader& log) {
  if (!system_.recover(log))
    return store_failure{store_failure::kind::broken, "the system's events cannot be read"};
  queues_.recover();
  std::size_t count = 0;
  job_id after{};
  for (;;) {
    auto const page = jobs.unended(after, limits::recovery_page);
    if (!page) return page.error();
    for (job_state const& state : *page) dispatcher_.recover(state);
    count += page->size();
    if (page->size() < limits::recovery_page) return count;
    after = page->back().id;
  }
}

bool engine::has_room(std::string_view queue, std::size_t count) const {
  return dispatcher_.ready(queue) + count <= options_.queue_max_length;
}

void engine::start(callback<bool> started) {
  server_started event{RETRYLAB_VERSION, options_.epoch, options_.seed};
  system_.append(std::move(event),
                 [this, started = std::move(started)](append_reply reply) mutable {
                   bool const recorded = std::holds_alternative<appended>(reply);
                   if (recorded) dispatcher_.resume();
                   if (recorded) retention_.start();
                   std::move(started)(recorded);
                 });
}

}  // namespace retrylab
