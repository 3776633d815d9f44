#pragma once
// One step of retention as far as it is reading and archiving: which ended jobs are due, in the
// order in which they ended, and their events in an archive segment. Nothing leaves the log here.
// Any thread; blocks.
//
// The log is read in its own order, so a cursor for each status meets each ended job once: a step
// costs limits::purge_scan rows at most, however many jobs there are, and no index. After a restart
// the cursors pass once over what is older and was kept.

#include "events/archive.hpp"
#include "events/core/status.hpp"
#include "events/core/system_events.hpp"
#include "events/event_store.hpp"

#include <optional>
#include <vector>

namespace retrylab {

// How far the log was searched for jobs that ended in one status, and what was found and not yet
// purged: limits::purge_jobs at most.
struct purge_cursor {
  struct end {
    job_id job;
    timestamp at{};
  };
  job_status status{};
  seq after{};
  std::vector<end> found{};  // oldest first; a job twice when it was requeued between two ends
};

struct purge_plan {
  std::vector<stream_purge::stream> streams;  // by id; empty: nothing is due in what was read
  purged event{};                             // when there are streams
  purge_cursor next{};                        // once the event, if any, is in the log
  bool at_end = false;                        // nothing more is due now
};

// Jobs that are in the cursor's status since `ended_until` or longer. Few of them wait for more,
// until the oldest is due for longer than `patience`, so that segments do not get many and small.
// The newest job always waits: it stays, so that its id is never given out again. `number`: of the
// segment.
[[nodiscard]] result<purge_plan, store_failure> plan_purge(
    event_reader& log, event_archive& archive, purge_cursor const& cursor, timestamp ended_until,
    microseconds patience, std::uint64_t number);

}  // namespace retrylab
