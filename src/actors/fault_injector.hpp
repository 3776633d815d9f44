#pragma once
// Faults on purpose, in a server that was started with --lab: which rules there are, and whether
// one of them has a fault now. Every fault is an event of the system, on disk before it happens (an
// early end of a lease: as soon as it has happened); what cannot be recorded does not happen. A
// fault never touches a job's state but through its actor, so fences and the legal order of events
// hold whatever the rules are. Io thread only.

#include "actors/leases.hpp"
#include "actors/system_stream.hpp"

#include <deque>
#include <map>
#include <set>

namespace retrylab {

// Who asks for what; what a fault could befall.
struct fault_subject {
  std::string worker;
  std::vector<std::string> queues;  // of the job; or those the worker asks for
  std::string type{};               // of the job
  job_id job{};
  seq fence{};
  generation_number generation = 0;
  attempt_number attempt = 0;
};
[[nodiscard]] fault_subject subject_of(job_state const& leased);
[[nodiscard]] fault_subject subject_of(held_attempt const& held);

class fault_injector {
 public:
  fault_injector(clock& time, deadlines& timers, system_stream& system, leases& attempts,
                 bool enabled);
  fault_injector(fault_injector const&) = delete;
  fault_injector& operator=(fault_injector const&) = delete;

  [[nodiscard]] bool enabled() const { return enabled_; }
  [[nodiscard]] std::map<std::string, fault_setting, std::less<>> const& rules() const {
    return system_.state().faults;
  }
  // A new rule, or another one of that name: its counts begin again.
  void set(fault_rule rule, callback<append_reply> answer);
  void remove(std::string name, callback<append_reply> answer);

  // Whether a fault of this kind can happen at all.
  [[nodiscard]] bool may(fault_kind kind) const;
  // The answer: the rule, when there is a fault; it is recorded then.
  void ask(fault_kind kind, fault_subject subject, callback<std::optional<fault_rule>> answer);

  // An attempt was handed out: its lease may end early, and it may be delivered once more.
  void granted(job_state const& leased);
  // An attempt that another FETCH of these queues is to get as well; recorded.
  void duplicate(std::string worker, std::vector<std::string> const& queues,
                 callback<fetch_answer> answer);

 private:
  struct tally {
    std::uint64_t occasions = 0;
    std::uint64_t injected = 0;
  };
  struct pending {
    std::string rule;
    job_state job;
  };
  [[nodiscard]] fault_rule const* decide(fault_kind kind, fault_subject const& subject);
  [[nodiscard]] bool has_room(fault_rule const& rule);
  void record(fault_rule const& rule, fault_subject const& subject, callback<bool> answer);
  void expire(seq fence);

  clock& clock_;
  system_stream& system_;
  leases& leases_;
  bool enabled_;
  deadlines& timers_;
  deadline_kind expire_;
  std::map<std::string, tally, std::less<>> tallies_;  // by rule; of this process
  std::map<seq, pending> expiring_;
  std::deque<pending> twice_;   // handed out once; the oldest first
  std::set<seq> acks_dropped_;  // an attempt's result gets lost once
};

}  // namespace retrylab
