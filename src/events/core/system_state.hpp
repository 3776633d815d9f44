#pragma once
// The system as its own events say it is: what operators set, so that a start and a replay find it
// again. Pure, like evolve() of a job.

#include "events/core/system_events.hpp"

#include <map>
#include <optional>
#include <string>

namespace retrylab {

// The event that made something so.
struct event_ref {
  retrylab::seq seq{};
  timestamp at{};
  bool operator==(event_ref const&) const = default;
};

struct queue_settings {
  bool paused = false;                         // no attempt starts; running ones go on
  std::string reason;                          // of the pause
  std::optional<std::uint32_t> concurrency{};  // attempts at a time; none: no limit of its own
  std::optional<event_ref> paused_by{};        // as long as it is paused
  bool operator==(queue_settings const&) const = default;
};

struct named_policy {
  std::uint32_t version = 0;
  retry_policy policy;
  // As a job or a rule that names it keeps it.
  [[nodiscard]] retry_policy as_taken(std::string_view name) const;
  bool operator==(named_policy const&) const = default;
};
using policy_map = std::map<std::string, named_policy, std::less<>>;

struct batch_settings {
  std::string description;
  std::string parent;                  // empty: none
  std::optional<raw_json> complete{};  // callbacks, each as the data of its Created
  std::optional<raw_json> success{};
  timestamp opened_at{};
  bool committed = false;
  bool lost_child = false;  // a batch inside it expired: it cannot succeed any more
  bool operator==(batch_settings const&) const = default;
};
using batch_map = std::map<std::string, batch_settings, std::less<>>;

struct fault_setting {
  fault_rule rule;
  std::uint64_t injected = 0;  // faults, since it was set
  bool operator==(fault_setting const&) const = default;
};

struct system_state {
  std::vector<retry_rule> rules;
  batch_map batches;                 // that have not ended
  std::uint64_t batches_opened = 0;  // ever; the newest one's number
  policy_map policies;
  std::map<std::string, queue_settings, std::less<>> queues;  // those that somebody set
  std::map<std::string, fault_setting, std::less<>> faults;   // by the rule's name
  std::optional<forked> origin;                               // of a log that began as a copy
  std::uint64_t seed = 0;                                     // of the newest start
  std::uint64_t purges = 0;       // steps of retention; archive segments are numbered by them
  std::uint64_t purged_jobs = 0;  // in all of them together
  bool operator==(system_state const&) const = default;
};

// An event of the system where it happened.
struct system_record {
  retrylab::seq seq{};
  timestamp at{};
  system_event event;
};

void evolve(system_state& state, system_record const& record);

}  // namespace retrylab
