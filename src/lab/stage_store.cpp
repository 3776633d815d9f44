#include "lab/stage_store.hpp"

#include "events/core/assert.hpp"
#include "events/core/result.hpp"
#include "events/late_fence.hpp"

namespace retrylab {
namespace {

constexpr std::size_t shared_most = 10'000;  // of each kind

bool ends_job(job_event const& event) {
  return std::holds_alternative<succeeded>(event) || std::holds_alternative<dead_lettered>(event) ||
         std::holds_alternative<cancelled>(event) || std::holds_alternative<discarded>(event);
}

}  // namespace

std::vector<stored_event> stage_store::read(job_id job) const {
  std::vector<stored_event> out;
  auto const found = streams_.find(job.value);
  if (found == streams_.end()) return out;
  out.reserve(found->second.size());
  for (row const& r : found->second)
    out.push_back({r.seq, job, r.version, r.generation, {}, r.at, {}, r.event});
  return out;
}

events_or_failure stage_store::read_stream(job_id job, stream_version after, std::size_t limit) {
  std::vector<stored_event> all = read(job);
  std::erase_if(all, [after](stored_event const& e) { return e.version <= after; });
  if (all.size() > limit) all.resize(limit);
  return all;
}

template <class Key>
stage_store::shared_event stage_store::same(std::map<Key, shared_event>& known, Key key,
                                            shared_event const& event) {
  if (known.size() >= shared_most) {
    auto const found = known.find(key);
    return found == known.end() ? event : found->second;
  }
  return known.try_emplace(std::move(key), event).first->second;
}

// A fold looks at neither the fence nor the number of a failed attempt, so failures of the same
// cause and error are the same to it.
stage_store::shared_event stage_store::shared(shared_event const& event) {
  if (auto const* const e = std::get_if<created>(&*event))
    return same(creations_, &*e->spec, event);
  if (auto const* const e = std::get_if<attempted>(&*event))
    return same(attempts_, {e->attempt, e->worker, e->lease}, event);
  auto const* const e = std::get_if<failed>(&*event);
  if (!e || !e->error.backtrace.empty()) return event;
  return same(failures_, {e->cause, e->error.type, e->error.message}, event);
}

result<std::vector<std::vector<stored_event>>, store_failure> stage_store::read_streams(
    std::span<job_id const> jobs) {
  std::vector<std::vector<stored_event>> out;
  out.reserve(jobs.size());
  for (job_id const job : jobs) out.push_back(read(job));
  return out;
}

void stage_store::keep(stored_event const& e) {
  if (e.job == system_id) {
    ++system_version_;
    return;
  }
  RETRYLAB_ASSERT(e.known, "an event of a job that does not say what it is");
  if (ends_job(*e.known)) {
    streams_.erase(e.job.value);
    return;
  }
  std::vector<row>& rows = streams_[e.job.value];
  bool const void_now = !rows.empty() && std::holds_alternative<attempted>(*e.known) &&
                        std::holds_alternative<retry_scheduled>(*rows.back().event);
  if (void_now) rows.pop_back();
  rows.push_back({e.seq, e.at, e.version, e.generation, shared(e.known)});
}

append_outcome stage_store::append_one(append_batch& batch) {
  stored_event const& first = batch.events.front();
  stream_version before = system_version_;
  if (first.job != system_id) {
    auto const stream = streams_.find(first.job.value);
    before = stream == streams_.end() ? 0 : stream->second.back().version;
  }
  if (first.version != before + 1) return version_conflict{};
  seq const begin = last_.next();
  for (stored_event& event : batch.events) {
    event.seq = last_ = last_.next();
    give_fence(event);
    keep(event);
  }
  return appended{begin};
}

result<std::vector<append_outcome>, store_failure> stage_store::append(
    std::span<append_batch> group) {
  std::vector<append_outcome> outcomes;
  outcomes.reserve(group.size());
  for (append_batch& batch : group) outcomes.push_back(append_one(batch));
  return outcomes;
}

}  // namespace retrylab
