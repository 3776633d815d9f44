#include "actors/projector.hpp"

#include "events/core/limits.hpp"

#include <iterator>
#include <limits>

namespace retrylab {

bool projector::fail(store_failure const& failure) {
  broken_ = true;
  failed_(failure.message);
  return false;
}

bool projector::apply(std::vector<stored_event> events) {
  auto step = view_.apply(events);
  if (!step) return fail(step.error());
  for (stored_event& e : events) e.known.reset();  // the text is enough for who looks back
  published_(std::make_shared<projected const>(projected{std::move(*step), std::move(events)}));
  return true;
}

bool projector::read_until(seq last) {
  for (;;) {
    auto const at = view_.checkpoint();
    if (!at) return fail(at.error());
    if (*at >= last) return true;
    std::size_t const wanted =
        std::min<std::uint64_t>(limits::catch_up_batch, last.value - at->value);
    auto events = log_.read_all(*at, wanted);
    if (!events) return fail(events.error());
    if (events->empty()) return true;
    if (!apply(std::move(*events))) return false;
  }
}

bool projector::catch_up() {
  return !broken_ && read_until(seq{std::numeric_limits<std::uint64_t>::max()});
}

void projector::project(std::vector<stored_event> events) {
  if (broken_ || events.empty()) return;
  if (!read_until(seq{events.front().seq.value - 1})) return;
  auto const at = view_.checkpoint();
  if (!at) return void(fail(at.error()));
  std::erase_if(events, [&](stored_event const& e) { return e.seq <= *at; });
  if (!events.empty()) (void)apply(std::move(events));
}

projector_thread::projector_thread(projector& works)
    : projector_(works),
      thread_(
          std::numeric_limits<std::size_t>::max(),
          [this](std::vector<std::vector<stored_event>> groups) { handle(std::move(groups)); },
          limits::projection_pace) {}

void projector_thread::push(std::vector<stored_event> events) {
  std::size_t const count = events.size();
  std::size_t const waiting = waiting_events_;
  if (waiting > 0 && waiting + count > limits::projector_inbox_events) {
    dropped_ = true;
    events.clear();  // an empty group: handle() has to come once more
  } else {
    waiting_events_ += count;
  }
  (void)thread_.push(events);
}

void projector_thread::handle(std::vector<std::vector<stored_event>> groups) {
  std::vector<stored_event> all;
  for (auto& group : groups) {
    waiting_events_ -= group.size();
    std::move(group.begin(), group.end(), std::back_inserter(all));
    if (all.size() >= limits::projector_batch) projector_.project(std::exchange(all, {}));
  }
  projector_.project(std::move(all));
  // The next group that waits fills the gap before it. The log is read to its end only where none
  // does: what comes meanwhile is dropped again, and would be read from the log as well.
  if (waiting_events_ == 0 && dropped_.exchange(false)) projector_.catch_up();
}

}  // namespace retrylab
