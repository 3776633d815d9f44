#include "events/history.hpp"

namespace retrylab {

timestamp slot_start(resolution r, timestamp at) {
  if (r == resolution::ever) return {};
  std::int64_t const length = microseconds{width(r)}.count();
  std::int64_t const since = to_micros(at);
  std::int64_t const into = ((since % length) + length) % length;
  return from_micros(since - into);
}

void history_slot::merge(history_slot const& other) {
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
  for (std::size_t i = 0; i < latencies.size(); ++i) latencies[i].merge(other.latencies[i]);
}

std::size_t history_slot::bytes() const {
  std::size_t all = sizeof(history_slot);
  for (sparse_histogram const& h : latencies) all += h.bytes();
  return all;
}

history_slot sum(history_reader::slots const& slots) {
  history_slot all;
  if (!slots.empty()) all.start = slots.front()->start;
  for (auto const& slot : slots) all.merge(*slot);
  return all;
}

}  // namespace retrylab
