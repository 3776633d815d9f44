#include "actors/retention.hpp"

#include "events/core/limits.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace retrylab {

retention::retention(boost::asio::any_io_executor io, clock& time, deadlines& timers,
                     system_stream& system, read_pool& reads, retention_options options)
    : io_(std::move(io)),
      clock_(time),
      timers_(timers),
      system_(system),
      reads_(reads),
      plan_(timers_.on([this](std::uint64_t, std::uint64_t) { plan(); })),
      options_(std::move(options)) {
  for (auto const& [status, keep] : options_.keep) cursors_.push_back({status, {}, {}});
}

void retention::start() {
  if (cursors_.empty()) return;
  running_ = true;
  pause({});
}

void retention::pause(microseconds time) { timers_.add(clock_.now() + time, plan_, 0); }

microseconds retention::rest() {
  microseconds const took = clock_.now() - began_;
  return std::clamp<microseconds>(took * limits::purge_rest_factor, limits::purge_rest,
                                  limits::purge_look);
}

void retention::plan() {
  if (!running_) return;
  began_ = clock_.now();
  purge_cursor const& cursor = cursors_.at(turn_);
  microseconds const keep = options_.keep.at(cursor.status);
  microseconds const patience =
      std::min<microseconds>(keep / limits::purge_patience_part, limits::purge_patience);
  auto read = [cursor, archive = options_.archive, until = began_ - keep, patience,
               number = system_.state().purges + 1](readers& r) -> plan_result {
    return plan_purge(*r.log, *archive, cursor, until, patience, number);
  };
  read_with(reads_, io_, std::move(read),
            [this, alive = std::weak_ptr{alive_}](std::optional<plan_result> plan) {
              if (!alive.expired()) planned(std::move(plan));
            });
}

void retention::planned(std::optional<plan_result> plan) {
  if (!running_) return;
  if (!plan) return pause(limits::transient_retry);  // the pool is full
  if (!*plan) {
    spdlog::warn("nothing is purged for now: {}", plan->error().message);
    return pause(limits::purge_look);
  }
  purge_plan& step = **plan;
  if (step.streams.empty()) return done(step);
  stream_purge purge{step.streams, step.event.archive};
  system_event event = step.event;
  system_.append(
      std::move(event),
      [this, step = std::move(step), alive = std::weak_ptr{alive_}](append_reply reply) {
        if (!alive.expired()) stored(step, reply);
      },
      std::move(purge));
}

void retention::stored(purge_plan const& plan, append_reply const& reply) {
  if (std::holds_alternative<appended>(reply)) {
    auto const took = std::chrono::duration_cast<milliseconds>(clock_.now() - began_);
    spdlog::debug("purged {} {} jobs into {} in {} ms", plan.streams.size(),
                  to_string(plan.next.status), plan.event.archive, took.count());
    return done(plan);
  }
  auto const* const refusal = std::get_if<log_refusal>(&reply);
  if (refusal && *refusal == log_refusal::poisoned) return;
  pause(refusal && *refusal == log_refusal::disk_full ? limits::purge_look : rest());
}

void retention::done(purge_plan const& plan) {
  cursors_.at(turn_) = plan.next;
  if (!plan.at_end) return pause(rest());
  turn_ = (turn_ + 1) % cursors_.size();
  if (turn_ != 0) return pause(rest());
  microseconds look = limits::purge_look;
  for (auto const& [status, keep] : options_.keep) look = std::min(look, keep);
  pause(std::max(look, rest()));
}

}  // namespace retrylab
