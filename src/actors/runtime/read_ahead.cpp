#include "actors/runtime/read_ahead.hpp"

#include "events/event_codec.hpp"

namespace retrylab {

events_or_failure read_ahead::read_decoded(seq after, std::size_t limit) {
  events_or_failure events = behind_.read_all(after, limit);
  if (!events) return events;
  for (stored_event& row : *events) {
    if (row.job == system_id) continue;
    if (auto event = decode_job_event(row.type, row.data))
      row.known = std::make_shared<job_event const>(std::move(*event));
  }
  return events;
}

std::optional<events_or_failure> read_ahead::take(seq after, std::size_t limit) {
  if (!next_.valid()) return std::nullopt;
  events_or_failure events = next_.get();
  if (after != next_after_ || limit != next_limit_) return std::nullopt;
  return events;
}

events_or_failure read_ahead::read_all(seq after, std::size_t limit) {
  std::optional<events_or_failure> ahead = take(after, limit);
  events_or_failure events = ahead ? std::move(*ahead) : read_decoded(after, limit);
  if (!events || events->size() < limit) return events;
  next_after_ = events->back().seq;
  next_limit_ = limit;
  next_ = std::async(std::launch::async,
                     [this, from = next_after_, limit] { return read_decoded(from, limit); });
  return events;
}

events_or_failure read_ahead::read_stream(job_id job, stream_version after, std::size_t limit) {
  (void)take({}, 0);
  return behind_.read_stream(job, after, limit);
}

result<std::vector<std::vector<stored_event>>, store_failure> read_ahead::read_streams(
    std::span<job_id const> jobs) {
  (void)take({}, 0);
  return behind_.read_streams(jobs);
}

result<std::vector<chain_link>, store_failure> read_ahead::read_chain(seq after,
                                                                      std::size_t limit) {
  (void)take({}, 0);
  return behind_.read_chain(after, limit);
}

result<std::optional<std::string>, store_failure> read_ahead::find_purged(job_id job) {
  (void)take({}, 0);
  return behind_.find_purged(job);
}

result<log_head, store_failure> read_ahead::head() {
  (void)take({}, 0);
  return behind_.head();
}

}  // namespace retrylab
