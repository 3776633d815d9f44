#include "actors/purge_plan.hpp"

#include "actors/load_job.hpp"
#include "events/core/assert.hpp"
#include "events/core/limits.hpp"
#include "events/id_ranges.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace retrylab {
namespace {

// The event that puts a job into the status.
std::string_view end_event(job_status status) {
  switch (status) {
    case job_status::succeeded:
      return "Succeeded";
    case job_status::failed:
      return "DeadLettered";
    case job_status::cancelled:
      return "Cancelled";
    case job_status::discarded:
      return "Discarded";
    case job_status::scheduled:
    case job_status::queued:
    case job_status::running:
    case job_status::retrying:
      break;
  }
  RETRYLAB_ASSERT(false, "only jobs that have ended are purged");
  return {};
}

struct candidate {
  job_id job;
  seq ended;
};

// What a step takes, and where it stops.
class collector {
 public:
  collector(purge_cursor const& cursor, timestamp ended_until)
      : cursor_(cursor), ended_until_(ended_until) {
    plan_.next = {cursor.status, cursor.after, std::nullopt};
  }

  // Reads on in the log, and keeps only who ended there.
  [[nodiscard]] result<std::vector<candidate>, store_failure> candidates(event_reader& log) {
    std::vector<candidate> found;
    std::set<job_id> seen;
    auto const add = [&](job_id job, seq ended) {
      if (seen.insert(job).second) found.push_back({job, ended});
    };
    if (cursor_.held) add(*cursor_.held, cursor_.after);
    for (std::size_t read = 0; read < limits::purge_scan; read += limits::purge_page) {
      auto const rows = log.read_all(plan_.next.after, limits::purge_page);
      if (!rows) return rows.error();
      for (stored_event const& row : *rows) {
        if (found.size() == limits::purge_jobs) return found;
        plan_.at_end = row.at > ended_until_;
        if (plan_.at_end) return found;
        plan_.next.after = row.seq;
        if (row.type == end_event(cursor_.status)) add(row.job, row.seq);
      }
      plan_.at_end = rows->size() < limits::purge_page;
      if (plan_.at_end) break;
    }
    return found;
  }

  // False: the step has enough, and goes on at this candidate next time.
  [[nodiscard]] bool take(candidate const& c, std::vector<stored_event> stream, job_id newest) {
    auto const state = fold_job(stream);
    if (!state || state->status != cursor_.status || state->updated_at > ended_until_) return true;
    if (c.job == newest) return plan_.next.held = c.job, true;
    std::size_t size = 0;
    for (stored_event const& e : stream) size += e.data.size();
    bool const fits = events_.size() + stream.size() <= limits::purge_events &&
                      bytes_ + size <= limits::purge_bytes;
    if (!fits && !events_.empty()) {
      plan_.next.after = seq{c.ended.value - 1};
      plan_.at_end = false;
      return false;
    }
    bytes_ += size;
    plan_.streams.push_back({c.job, state->version});
    std::move(stream.begin(), stream.end(), std::back_inserter(events_));
    return true;
  }

  [[nodiscard]] result<purge_plan, store_failure> finish(event_archive& archive,
                                                         std::uint64_t number) {
    if (plan_.streams.empty()) return std::move(plan_);
    std::ranges::sort(events_, {}, &stored_event::seq);
    std::ranges::sort(plan_.streams, {}, &stream_purge::stream::job);
    auto const segment = archive.write(number, events_);
    if (!segment) return segment.error();
    std::vector<job_id> jobs;
    for (auto const& stream : plan_.streams) jobs.push_back(stream.job);
    plan_.event = {jobs.front(),
                   jobs.back(),
                   jobs.size(),
                   segment->name,
                   to_text(ranges_of(jobs)),
                   events_.size(),
                   events_.front().seq,
                   events_.back().seq,
                   segment->sha256};
    return std::move(plan_);
  }

 private:
  purge_cursor const& cursor_;
  timestamp ended_until_;
  purge_plan plan_;
  std::vector<stored_event> events_;
  std::size_t bytes_ = 0;
};

}  // namespace

result<purge_plan, store_failure> plan_purge(event_reader& log, event_archive& archive,
                                             purge_cursor const& cursor, timestamp ended_until,
                                             std::uint64_t number) {
  collector step{cursor, ended_until};
  auto const candidates = step.candidates(log);
  if (!candidates) return candidates.error();
  auto const head = log.head();  // not before: the newest job is as new as any candidate
  if (!head) return head.error();
  std::vector<candidate> const& found = *candidates;
  for (std::size_t from = 0; from < found.size(); from += limits::purge_read) {
    std::span const some =
        std::span{found}.subspan(from, std::min(limits::purge_read, found.size() - from));
    std::vector<job_id> ids;
    for (candidate const& c : some) ids.push_back(c.job);
    auto streams = log.read_streams(ids);
    if (!streams) return streams.error();
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (!step.take(some[i], std::move((*streams)[i]), head->last_job))
        return step.finish(archive, number);
    }
  }
  return step.finish(archive, number);
}

}  // namespace retrylab
