#pragma once
// What happens to the system as a whole. These events share the log with those of the jobs (as
// stream 0), so that everything can be rebuilt at any seq.

#include "events/core/fault_rules.hpp"
#include "events/core/job_events.hpp"
#include "events/core/retry_rules.hpp"

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
struct rules_set {  // all of them, in the order in which they are asked
  std::vector<retry_rule> rules;
  std::string by;
  bool operator==(rules_set const&) const = default;
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

enum class batch_end : unsigned char { succeeded, expired };
struct batch_opened {  // a set of jobs with callbacks: jobs that are created when it is done
  std::string batch;
  std::string description;
  std::string parent;                  // empty: none
  std::optional<raw_json> complete{};  // the callback's Created, when every job has run once
  std::optional<raw_json> success{};   // likewise, when every job has succeeded
  bool operator==(batch_opened const&) const = default;
};
struct batch_committed {  // its callbacks may come
  std::string batch;
  bool operator==(batch_committed const&) const = default;
};
struct batch_ended {  // nothing more will come of it
  std::string batch;
  batch_end end = batch_end::succeeded;
  std::uint64_t jobs = 0;
  std::uint64_t failed = 0;  // of these, the ones whose newest attempt has failed
  bool operator==(batch_ended const&) const = default;
};

struct forked {  // the log began as a copy of another one; what is before this event is the copy
  seq from;      // whole from here on; before it only jobs that still mattered
  seq last;      // the newest event taken
  std::uint64_t left_out;  // events up to there that were not; their seqs are missing
  std::string chain;       // of the other log, at or behind `last`, in hexadecimal
  seq chain_seq;           // the event that this link ends at
  bool redacted = false;   // payloads and the like were replaced by rules
  bool operator==(forked const&) const = default;
};

struct fault_rule_set {
  fault_rule rule;
  std::string by;
  bool operator==(fault_rule_set const&) const = default;
};
struct fault_rule_removed {
  std::string name;
  std::string by;
  bool operator==(fault_rule_removed const&) const = default;
};
struct fault_injected {
  std::string rule;
  fault_kind kind{};
  job_id job;  // 0: of none
  seq fence;   // of the attempt; 0: likewise
  std::string worker;
  bool operator==(fault_injected const&) const = default;
};

using system_event =
    std::variant<server_started, queue_paused, queue_resumed, queue_limited, policy_set,
                 worker_seen, worker_quieted, worker_lost, result_refused, clock_advanced, purged,
                 batch_opened, batch_committed, batch_ended, rules_set, forked, fault_rule_set,
                 fault_rule_removed, fault_injected>;

}  // namespace retrylab
