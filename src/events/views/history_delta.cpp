#include "events/views/history_delta.hpp"

#include "events/core/result.hpp"

namespace retrylab {
namespace {

history_event kind_of(job_event const& event) {
  using kind = history_event;
  return std::visit(overloaded{
                        [](created const&) { return kind::created; },
                        [](attempted const&) { return kind::attempted; },
                        [](succeeded const&) { return kind::succeeded; },
                        [](failed const&) { return kind::failed; },
                        [](retry_scheduled const&) { return kind::retried; },
                        [](dead_lettered const&) { return kind::dead_lettered; },
                        [](cancelled const&) { return kind::cancelled; },
                        [](released const&) { return kind::other; },
                        [](rescheduled const&) { return kind::other; },
                        [](cancel_requested const&) { return kind::other; },
                        [](requeued const&) { return kind::other; },
                        [](discarded const&) { return kind::other; },
                        [](extended const&) { return kind::other; },
                        [](progressed const&) { return kind::other; },
                    },
                    event);
}

// A waiting job can start from its newest event on, or from its time if that is later.
timestamp could_start(job_state const& s) {
  return s.due ? std::max(*s.due, s.updated_at) : s.updated_at;
}

}  // namespace

history_slot& history_delta::second_of(timestamp at) {
  timestamp const start = slot_start(resolution::second, at);
  // Nearly always the last one; a batch spans few.
  for (auto slot = seconds_.rbegin(); slot != seconds_.rend(); ++slot) {
    if (slot->start == start) return *slot;
  }
  return seconds_.emplace_back(history_slot{start, {}, {}});
}

void history_delta::add(timestamp at) {
  ++second_of(at).counts[static_cast<std::size_t>(history_event::other)];
}

void history_delta::add(job_state const& before, job_record const& record) {
  history_slot& slot = second_of(record.at);
  history_event const kind = kind_of(record.event);
  ++slot.counts[static_cast<std::size_t>(kind)];
  auto const note = [&](latency which, timestamp since) {
    slot.latencies[static_cast<std::size_t>(which)].record(record.at - since);
  };
  bool const attempt_ended = kind == history_event::succeeded || kind == history_event::failed;
  if (kind == history_event::attempted) note(latency::wait, could_start(before));
  if (attempt_ended && before.started_at) note(latency::run, *before.started_at);
  if (kind == history_event::succeeded || kind == history_event::dead_lettered ||
      kind == history_event::cancelled)
    note(latency::total, before.generation_at);
}

}  // namespace retrylab
