#pragma once
// What happens to the system as a whole. These events share the log with those of the jobs (as
// stream 0), so that everything can be rebuilt at any seq.

#include "events/core/ids.hpp"
#include "events/core/retry_policy.hpp"
#include "events/core/time.hpp"

#include <string>
#include <variant>
#include <vector>

namespace retrylab {

struct server_started {
  std::string server_version;
  std::uint64_t epoch;  // 1, and one more at each start on this log
  std::uint64_t seed;   // of jitter and of simulated outcomes
  bool operator==(server_started const&) const = default;
};
struct queue_paused {
  std::string queue;
  std::string by;
  std::string reason;
  bool operator==(queue_paused const&) const = default;
};
struct queue_resumed {
  std::string queue;
  std::string by;
  bool operator==(queue_resumed const&) const = default;
};
struct queue_limited {
  std::string queue;
  std::optional<std::uint32_t> concurrency;  // none: no limit
  std::string by;
  bool operator==(queue_limited const&) const = default;
};
struct policy_set {
  std::string name;
  std::uint32_t policy_version;
  retry_policy policy;
  std::string by;
  bool operator==(policy_set const&) const = default;
};
struct worker_seen {
  std::string worker;
  std::string host;
  std::vector<std::string> labels;
  bool operator==(worker_seen const&) const = default;
};
struct worker_quieted {
  std::string worker;
  std::string by;
  bool operator==(worker_quieted const&) const = default;
};
struct worker_lost {
  std::string worker;
  std::string reason;
  bool operator==(worker_lost const&) const = default;
};
struct result_refused {  // an answer that came with a stale fence; the job did not change
  job_id job;
  seq fence;
  std::string worker;
  std::string answer;
  bool operator==(result_refused const&) const = default;
};
struct clock_advanced {
  timestamp to;
  std::string by;
  bool operator==(clock_advanced const&) const = default;
};
struct purged {  // ended jobs left the log for an archive segment
  job_id first;
  job_id last;
  std::uint64_t count;
  std::string archive;       // the segment's file name; empty: none, in a log that is in memory
  std::string jobs{};        // exactly which, as in "1-4,9" (events/id_ranges.hpp)
  std::uint64_t events = 0;  // of these jobs
  seq first_seq{};           // of the oldest and of the newest of these events
  seq last_seq{};
  std::string sha256{};  // of the segment's file, in hexadecimal
  bool operator==(purged const&) const = default;
};

using system_event =
    std::variant<server_started, queue_paused, queue_resumed, queue_limited, policy_set,
                 worker_seen, worker_quieted, worker_lost, result_refused, clock_advanced, purged>;

}  // namespace retrylab
