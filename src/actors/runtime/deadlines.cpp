#include "actors/runtime/deadlines.hpp"

namespace retrylab {

void deadlines::add(timestamp due, deadline_kind kind, std::uint64_t key, std::uint64_t extra) {
  heap_.push({due, ++added_, key, extra, kind});
  arm();
}

void deadlines::arm() {
  if (heap_.empty()) return;
  timestamp const first = heap_.top().due;
  if (armed_ && *armed_ <= first) return;
  armed_ = first;
  clock_.set_alarm(first, [this] { ring(); });
}

void deadlines::ring() {
  armed_.reset();
  timestamp const now = clock_.now();
  while (!heap_.empty() && heap_.top().due <= now) {
    entry const e = heap_.top();
    heap_.pop();
    handlers_[static_cast<std::size_t>(e.kind)](e.key, e.extra);
  }
  arm();
}

}  // namespace retrylab
