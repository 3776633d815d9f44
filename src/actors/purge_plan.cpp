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
  collector(purge_cursor const& cursor, timestamp ended_until, job_id newest)
      : cursor_(cursor), ended_until_(ended_until), newest_(newest) {
    plan_.next = {cursor.status, cursor.after, std::nullopt};
  }

  [[nodiscard]] std::vector<candidate> candidates(std::vector<stored_event> const& rows) {
    std::vector<candidate> found;
    std::set<job_id> seen;
    if (cursor_.held && seen.insert(*cursor_.held).second)
      found.push_back({*cursor_.held, cursor_.after});
    plan_.at_end = rows.size() < limits::purge_scan;
    for (stored_event const& row : rows) {
      bool const is_full = found.size() == limits::purge_jobs;
      if (row.at > ended_until_ || is_full) {
        plan_.at_end = !is_full;
        break;
      }
      plan_.next.after = row.seq;
      if (row.type == end_event(cursor_.status) && seen.insert(row.job).second)
        found.push_back({row.job, row.seq});
    }
    return found;
  }

  // False: the step has enough, and goes on at this candidate next time.
  [[nodiscard]] bool take(candidate const& c, std::vector<stored_event> stream) {
    auto const state = fold_job(stream);
    if (!state || state->status != cursor_.status || state->updated_at > ended_until_) return true;
    if (c.job == newest_) return plan_.next.held = c.job, true;
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
  job_id newest_;
  purge_plan plan_;
  std::vector<stored_event> events_;
  std::size_t bytes_ = 0;
};

}  // namespace

result<purge_plan, store_failure> plan_purge(event_reader& log, event_archive& archive,
                                             purge_cursor const& cursor, timestamp ended_until,
                                             std::uint64_t number) {
  auto const rows = log.read_all(cursor.after, limits::purge_scan);
  if (!rows) return rows.error();
  auto const head = log.head();
  if (!head) return head.error();
  collector step{cursor, ended_until, head->last_job};
  auto const found = step.candidates(*rows);
  for (std::size_t from = 0; from < found.size(); from += limits::purge_read) {
    std::span const some =
        std::span{found}.subspan(from, std::min(limits::purge_read, found.size() - from));
    std::vector<job_id> ids;
    for (candidate const& c : some) ids.push_back(c.job);
    auto streams = log.read_streams(ids);
    if (!streams) return streams.error();
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (!step.take(some[i], std::move((*streams)[i]))) return step.finish(archive, number);
    }
  }
  return step.finish(archive, number);
}

}  // namespace retrylab
