#include "actors/live_feed.hpp"

#include "events/core/limits.hpp"

#include <algorithm>

namespace retrylab {
namespace {

// About what a step keeps in memory.
std::size_t size_of(projected const& p) {
  std::size_t bytes = sizeof(projected);
  for (stored_event const& e : p.events) bytes += sizeof e + e.data.size();
  for (job_state const& s : p.step.changed) bytes += sizeof s + s.spec->payload.text.size();
  return bytes;
}

}  // namespace

void live_feed::publish(step s) {
  newest_ = s->step.to;
  bytes_ += size_of(*s);
  ring_.push_back(std::move(s));
  while (ring_.size() > limits::feed_updates || (bytes_ > limits::feed_bytes && ring_.size() > 1)) {
    bytes_ -= size_of(*ring_.front());
    oldest_ = ring_.front()->step.to;
    ring_.pop_front();
  }
  while (!waiting_.empty() && waiting_.begin()->first <= newest_) {
    callback<bool> done = std::move(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    std::move(done)(true);
  }
  for (auto const& [id, ring] : bells_) ring();
}

std::vector<live_feed::step> live_feed::since(seq after) const {
  auto const first = std::partition_point(ring_.begin(), ring_.end(),
                                          [&](step const& s) { return s->step.to <= after; });
  return {first, ring_.end()};
}

std::uint64_t live_feed::hang(bell ring) {
  bells_.emplace(++next_bell_, std::move(ring));
  return next_bell_;
}

void live_feed::when_reached(seq wanted, callback<bool> done) {
  if (wanted <= newest_) return std::move(done)(true);
  waiting_.emplace(wanted, std::move(done));
}

}  // namespace retrylab
