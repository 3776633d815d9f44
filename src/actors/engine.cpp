#include "actors/engine.hpp"

#include "events/core/limits.hpp"
#include "events/event_codec.hpp"

namespace retrylab {

engine::engine(engine_ports ports, engine_options options, log_head const& head)
    : ports_(std::move(ports)),
      options_(std::move(options)),
      deadlines_(ports_.time),
      simulator_(ports_.io, ports_.time, deadlines_, options_.seed),
      dispatcher_(ports_.time, deadlines_, ready_, simulator_, options_.dispatch),
      actors_(ports_.io, actor_ports{ports_.time, ports_.log, *this, options_.seed}, ports_.reads,
              head.last_job),
      feed_(head.last),
      acknowledged_(head.last),
      system_version_(head.system_version) {
  dispatcher_.attach(actors_);
}

void engine::committed(job_state const& state, std::span<job_record const> records) {
  acknowledged_ = std::max(acknowledged_, records.back().seq);
  dispatcher_.committed(state, records);
}

result<std::size_t, store_failure> engine::recover(job_reader& jobs) {
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

void engine::start(callback<bool> started) {
  record(server_started{RETRYLAB_VERSION, options_.epoch, options_.seed},
         [this, started = std::move(started)](append_reply reply) mutable {
           bool const recorded = std::holds_alternative<appended>(reply);
           if (recorded) dispatcher_.resume();
           std::move(started)(recorded);
         });
}

void engine::record(system_event event, callback<append_reply> answer) {
  encoded_event encoded = encode(event);
  append_batch batch;
  batch.events.push_back({seq{}, system_id, ++system_version_, 1, std::string{encoded.type},
                          ports_.time.now(), std::move(encoded.data), nullptr});
  ports_.log.append(std::move(batch),
                    [this, answer = std::move(answer)](append_reply reply) mutable {
                      if (auto const* done = std::get_if<appended>(&reply)) {
                        acknowledged_ = std::max(acknowledged_, done->first);
                      }
                      std::move(answer)(reply);
                    });
}

}  // namespace retrylab
