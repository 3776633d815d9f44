#pragma once
// The whole system as it was after some event: how many jobs of each queue and type had which
// status, which of them had not ended or were dead letters, what operators had set, who worked.
// Folded from the log alone, and from as little of each event as that takes, so that millions of
// them are folded in seconds.
//
// Jobs that were purged count as they ended: the log and its archive are one past. One thread.

#include "events/core/job_state.hpp"
#include "events/core/system_state.hpp"
#include "events/stored_event.hpp"
#include "events/views/kind_table.hpp"

#include <deque>
#include <functional>
#include <set>

namespace retrylab {

// A job that has not ended, or is FAILED.
struct past_job {
  kind_number kind = 0;
  job_status status{};             // as stored
  std::optional<timestamp> due{};  // while it is scheduled or retrying
  retrylab::seq seq{};             // of its newest event
};

struct past_worker {
  std::string host;
  timestamp since{};
  timestamp seen_at{};  // the newest event of the system that names it
  bool quiet = false;
  bool lost = false;
};

class past_system {
 public:
  // The job before one of its events, for the few that matter again after their end. Nothing when
  // its stream is gone.
  using finder = std::function<std::optional<job_state>(job_id, stream_version before)>;
  // The next event of the log. The answer: why it cannot be read, if so.
  [[nodiscard]] std::optional<std::string> apply(stored_event const& event, finder const& find);

  // From here on apply() notes how to take an event back, or does not; what was noted is dropped.
  void note_undo(bool wanted);
  // Takes events back, the newest first, until none after `target` is left or no further one can
  // be: of those noted limits::past_undo are kept, and an event of the system ends them.
  void step_back(seq target);

  [[nodiscard]] seq last() const { return last_; }
  [[nodiscard]] timestamp at() const { return at_; }
  [[nodiscard]] system_state const& system() const { return system_; }
  [[nodiscard]] std::map<std::string, past_worker> const& workers() const { return workers_; }
  // Jobs in memory, of some 80 bytes.
  [[nodiscard]] std::size_t size() const { return jobs_.size(); }
  // Waiting jobs that were due at `now` count as queued.
  [[nodiscard]] job_counts counts(timestamp now) const;
  // Jobs that read as `status` at `now`, the one whose newest event is newest first.
  [[nodiscard]] std::vector<job_id> list(job_status status, timestamp now, std::size_t limit) const;
  // Those of them that are due next first.
  [[nodiscard]] std::vector<job_id> next_due(timestamp now, std::size_t limit) const;

  // For snapshots (past_snapshot.hpp).
  void set_place(seq last, timestamp at);
  void add_kind(std::string_view queue, std::string_view type, status_counts const& stored);
  void add_job(job_id id, past_job const& job) { jobs_.insert_or_assign(jobs_.end(), id, job); }
  // An event of the system, where the snapshot has left them out.
  [[nodiscard]] std::optional<std::string> apply_system(stored_event const& event);
  [[nodiscard]] kind_table const& kinds() const { return kinds_; }
  template <class Visit>
  void each_job(Visit visit) const {
    for (auto const& [id, job] : jobs_) visit(id, job);
  }

 private:
  [[nodiscard]] std::optional<std::string> apply_job(stored_event const& event, finder const& find);
  [[nodiscard]] std::optional<std::string> create(stored_event const& event);
  void requeue(stored_event const& event, finder const& find);
  void move(past_job& job, job_status to);
  void count(kind_number kind, std::optional<job_status> from, job_status to);
  void see_worker(stored_event const& event, system_event const& what);

  // What one event of a job changed.
  struct undo {
    seq last{};  // the place before it
    timestamp at{};
    job_id job{};
    std::optional<past_job> before{};
    kind_number kind = 0;  // of a status that was counted anew; 0: none was
    std::optional<job_status> from{};
    job_status to{};
  };

  seq last_{};
  timestamp at_{};
  bool notes_ = false;
  std::deque<undo> undos_;  // the newest last
  kind_table kinds_;
  std::map<job_id, past_job> jobs_;
  system_state system_;
  std::map<std::string, past_worker> workers_;
};

}  // namespace retrylab
