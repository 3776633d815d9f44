#include "actors/purge_plan.hpp"

#include "actors/load_job.hpp"
#include "events/core/assert.hpp"
#include "events/core/limits.hpp"
#include "events/id_ranges.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

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

// What a step takes, and where it stops.
class collector {
 public:
  collector(purge_cursor cursor, timestamp ended_until)
      : cursor_(std::move(cursor)), ended_until_(ended_until) {}

  // Reads on in the log, and keeps only who ended there; always true.
  [[nodiscard]] result<bool, store_failure> search(event_reader& log) {
    for (std::size_t read = 0; read < limits::purge_scan; read += limits::purge_page) {
      auto const rows = log.read_all(cursor_.after, limits::purge_page);
      if (!rows) return rows.error();
      for (stored_event const& row : *rows) {
        if (is_full()) return true;
        plan_.at_end = row.at > ended_until_;
        if (plan_.at_end) return true;
        cursor_.after = row.seq;
        if (row.type == end_event(cursor_.status)) cursor_.found.push_back({row.job, row.at});
      }
      plan_.at_end = rows->size() < limits::purge_page;
      if (plan_.at_end) break;
    }
    return true;
  }

  [[nodiscard]] bool is_worth_a_step(microseconds patience) const {
    if (is_full()) return true;
    return plan_.at_end && !cursor_.found.empty() &&
           cursor_.found.front().at <= ended_until_ - patience;
  }

  [[nodiscard]] std::vector<purge_cursor::end> take_found() {
    return std::exchange(cursor_.found, {});
  }

  // What is not for this step waits for another one, or is forgotten.
  void take(purge_cursor::end const& end, std::vector<stored_event> stream, job_id newest) {
    auto const state = fold_job(stream);
    bool const due = state && state->status == cursor_.status && state->updated_at <= ended_until_;
    if (!due || taken_.contains(end.job)) return;
    std::size_t size = 0;
    for (stored_event const& e : stream) size += e.data.size();
    bool const fits = events_.size() + stream.size() <= limits::purge_events &&
                      bytes_ + size <= limits::purge_bytes;
    if (end.job == newest || (!fits && !events_.empty())) {
      if (end.job != newest) is_used_up_ = true;
      cursor_.found.push_back(end);
      return;
    }
    taken_.insert(end.job);
    bytes_ += size;
    plan_.streams.push_back({end.job, state->version});
    std::move(stream.begin(), stream.end(), std::back_inserter(events_));
  }

  // Whether something did not fit; what comes after it waits, and need not be read.
  [[nodiscard]] bool is_used_up() const { return is_used_up_; }
  void leave(std::span<purge_cursor::end const> ends) {
    cursor_.found.insert(cursor_.found.end(), ends.begin(), ends.end());
  }

  [[nodiscard]] result<purge_plan, store_failure> finish(event_archive& archive,
                                                         std::uint64_t number) {
    plan_.next = std::move(cursor_);
    if (is_used_up_) plan_.at_end = false;
    if (plan_.streams.empty()) return std::move(plan_);
    std::ranges::sort(events_, {}, &stored_event::seq);
    std::ranges::sort(plan_.streams, {}, &stream_purge::stream::job);
    auto const segment = archive.write(number, events_);
    if (!segment) return segment.error();
    std::vector<job_id> jobs;
    jobs.reserve(plan_.streams.size());
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
  [[nodiscard]] bool is_full() const { return cursor_.found.size() >= limits::purge_jobs; }

  purge_cursor cursor_;
  timestamp ended_until_;
  purge_plan plan_;
  std::set<job_id> taken_;
  std::vector<stored_event> events_;
  std::size_t bytes_ = 0;
  bool is_used_up_ = false;
};

}  // namespace

result<purge_plan, store_failure> plan_purge(event_reader& log, event_archive& archive,
                                             purge_cursor const& cursor, timestamp ended_until,
                                             microseconds patience, std::uint64_t number) {
  collector step{cursor, ended_until};
  if (auto const searched = step.search(log); !searched) return searched.error();
  if (!step.is_worth_a_step(patience)) return step.finish(archive, number);
  auto const head = log.head();  // not before: the newest job is as new as any that was found
  if (!head) return head.error();
  auto const found = step.take_found();
  for (std::size_t from = 0; from < found.size(); from += limits::purge_read) {
    std::span const some =
        std::span{found}.subspan(from, std::min(limits::purge_read, found.size() - from));
    if (step.is_used_up()) {
      step.leave(some);
      continue;
    }
    std::vector<job_id> ids;
    ids.reserve(some.size());
    for (purge_cursor::end const& end : some) ids.push_back(end.job);
    auto streams = log.read_streams(ids);
    if (!streams) return streams.error();
    for (std::size_t i = 0; i < some.size(); ++i)
      step.take(some[i], std::move((*streams)[i]), head->last_job);
  }
  return step.finish(archive, number);
}

}  // namespace retrylab
