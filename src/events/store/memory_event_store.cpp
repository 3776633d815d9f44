#include "events/store/memory_event_store.hpp"

#include "events/core/assert.hpp"
#include "events/late_fence.hpp"

#include <algorithm>
#include <limits>

namespace retrylab {

events_or_failure memory_event_store::read_stream(job_id job, stream_version after,
                                                  std::size_t limit) {
  std::lock_guard const lock{mutex_};
  std::vector<stored_event> out;
  auto const stream = streams_.find(job);
  if (stream == streams_.end()) return out;
  for (std::size_t i = after; i < stream->second.size() && out.size() < limit; ++i) {
    out.push_back(events_.at(stream->second[i]));
  }
  return out;
}

result<std::vector<std::vector<stored_event>>, store_failure> memory_event_store::read_streams(
    std::span<job_id const> jobs) {
  std::vector<std::vector<stored_event>> out;
  for (job_id job : jobs)
    out.push_back(*read_stream(job, 0, std::numeric_limits<std::size_t>::max()));
  return out;
}

events_or_failure memory_event_store::read_all(seq after, std::size_t limit) {
  std::lock_guard const lock{mutex_};
  std::vector<stored_event> out;
  for (auto it = events_.upper_bound(after); it != events_.end() && out.size() < limit; ++it)
    out.push_back(it->second);
  return out;
}

result<std::optional<std::string>, store_failure> memory_event_store::find_purged(job_id job) {
  std::lock_guard const lock{mutex_};
  auto const found = purged_.find(job);
  return found == purged_.end() ? std::nullopt : std::optional{found->second};
}

result<std::vector<chain_link>, store_failure> memory_event_store::read_chain(seq after,
                                                                              std::size_t limit) {
  std::lock_guard const lock{mutex_};
  auto const first = std::upper_bound(links_.begin(), links_.end(), after,
                                      [](seq s, chain_link const& link) { return s < link.last; });
  auto const count = std::min<std::size_t>(limit, static_cast<std::size_t>(links_.end() - first));
  return std::vector<chain_link>{first, first + static_cast<std::ptrdiff_t>(count)};
}

result<log_head, store_failure> memory_event_store::head() {
  std::lock_guard const lock{mutex_};
  log_head h;
  if (events_.empty()) return h;
  h.last = last_;
  h.at = last_at_;
  h.last_job = streams_.rbegin()->first;
  if (auto const system = streams_.find(system_id); system != streams_.end()) {
    h.system_version = static_cast<stream_version>(system->second.size());
  }
  h.epoch = links_.back().epoch;
  h.chain = chain_;
  return h;
}

stream_version memory_event_store::version_of(job_id job) const {
  auto const stream = streams_.find(job);
  return stream == streams_.end() ? 0 : static_cast<stream_version>(stream->second.size());
}

void memory_event_store::remove(stream_purge const& purge) {
  for (auto const& [job, version] : purge.streams) {
    RETRYLAB_ASSERT(job < streams_.rbegin()->first, "the newest job stays, and with it its id");
    auto const stream = streams_.find(job);
    for (seq at : stream->second) events_.erase(at);
    streams_.erase(stream);
    purged_.emplace(job, purge.archive);
  }
  std::erase_if(keys_, [&](auto const& key) { return purged_.contains(key.second.job); });
}

append_outcome memory_event_store::append_one(append_batch& batch) {
  stored_event const& first_event = batch.events.front();
  if (first_event.version != version_of(first_event.job) + 1) return version_conflict{};
  if (batch.purge) {
    for (auto const& [job, version] : batch.purge->streams) {
      if (version_of(job) != version) return version_conflict{};
    }
    remove(*batch.purge);
  }
  if (batch.claim) {
    auto const [key, fresh] =
        keys_.try_emplace(batch.claim->key, claimed{first_event.job, batch.claim->body});
    if (!fresh) return key_taken{key->second.job, key->second.body == batch.claim->body};
  }
  seq const first = batch.placed ? first_event.seq : last_.next();
  for (stored_event& event : batch.events) {
    RETRYLAB_ASSERT(event.at >= last_at_, "time in the log never decreases");
    RETRYLAB_ASSERT(!batch.placed || event.seq > last_, "seqs in the log ascend");
    event.seq = last_ = batch.placed ? event.seq : last_.next();
    give_fence(event);
    last_at_ = event.at;
    events_.emplace_hint(events_.end(), event.seq, event);
    streams_[event.job].push_back(event.seq);
  }
  return appended{first};
}

result<std::vector<append_outcome>, store_failure> memory_event_store::append(
    std::span<append_batch> group) {
  std::lock_guard const lock{mutex_};
  std::vector<append_outcome> outcomes;
  std::vector<sha256_digest> digests;
  for (append_batch& batch : group) {
    outcomes.push_back(append_one(batch));
    if (!std::holds_alternative<appended>(outcomes.back())) continue;
    for (stored_event const& event : batch.events) digests.push_back(hasher_.digest(event));
  }
  if (!digests.empty()) {
    chain_ = hasher_.link(chain_, digests);
    links_.push_back({last_, make_batch_id(epoch_, ++transactions_), epoch_, chain_});
  }
  return outcomes;
}

}  // namespace retrylab
