#include "lab/stage_store.hpp"

#include "events/core/assert.hpp"
#include "events/core/result.hpp"

namespace retrylab {
namespace {

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
  stream_version version = 0;
  for (row const& r : found->second)
    out.push_back({r.seq, job, ++version, r.generation, {}, r.at, {}, r.event});
  return out;
}

events_or_failure stage_store::read_stream(job_id job, stream_version after, std::size_t limit) {
  std::vector<stored_event> all = read(job);
  all.erase(all.begin(),
            all.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(after, all.size())));
  if (all.size() > limit) all.resize(limit);
  return all;
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
  streams_[e.job.value].push_back({e.seq, e.at, e.generation, e.known});
}

append_outcome stage_store::append_one(append_batch& batch) {
  stored_event const& first = batch.events.front();
  stream_version before = system_version_;
  if (first.job != system_id) {
    auto const stream = streams_.find(first.job.value);
    before = stream == streams_.end() ? 0 : static_cast<stream_version>(stream->second.size());
  }
  if (first.version != before + 1) return version_conflict{};
  seq const begin = last_.next();
  for (stored_event& event : batch.events) {
    event.seq = last_ = last_.next();
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
