#pragma once
// The part of a job view that does not depend on where rows are kept: decode, evolve, count. An
// implementation loads and saves states. One thread.

#include "events/core/limits.hpp"
#include "events/views/history_view.hpp"
#include "events/views/kind_table.hpp"
#include "events/views/state_cache.hpp"

namespace retrylab {

// What one application changes at rest, in one transaction.
struct view_changes {
  struct job {
    job_state const* state = nullptr;
    kind_number kind = 0;
    bool is_new = false;
  };
  std::vector<job> jobs;             // by id
  std::vector<job_state> removed{};  // purged; as they were saved
  std::vector<kind_number> kinds{};  // whose row in the table of kinds is new or another
  seq checkpoint{};
  timestamp due_as_of{};  // what is due in the table of kinds is due at this time
  history_view::changes history{};
};

class folding_view {
 public:
  virtual ~folding_view() = default;

 protected:
  // A refusal is returned, and nothing has changed. May throw what save() throws; the view must
  // then be opened anew.
  [[nodiscard]] view_result<projection> fold_events(std::span<stored_event const> events);

  // Nothing when there is no such job yet.
  virtual std::optional<job_state> load(job_id job) = 0;
  virtual void save(view_changes const& changes) = 0;
  // The scheduled and retrying jobs with after < due <= until.
  virtual std::vector<kind_change> due_between(timestamp after, timestamp until) = 0;

  seq checkpoint_{};
  timestamp due_as_of_{};
  kind_table kinds_;
  history_view history_;

 private:
  struct folded {
    job_state state;
    bool is_new = false;
    bool is_purged = false;
    job_status old_status{};
    std::optional<timestamp> old_due{};
  };
  using folded_jobs = std::map<job_id, folded>;
  [[nodiscard]] view_result<folded_jobs> evolve_all(std::span<stored_event const> events,
                                                    projection& p, history_delta& delta);
  // As it was saved; nothing when it never was.
  [[nodiscard]] std::optional<folded> saved(job_id job);
  // The job as it was before `first`, its first event here. False: there is no such job yet.
  [[nodiscard]] bool begin(stored_event const& first, folded& job);
  [[nodiscard]] std::optional<std::string> see_system_event(stored_event const& row,
                                                            folded_jobs& jobs);
  // Brings the table of kinds to what `jobs` are now, and up to the time `now`.
  void count(view_changes& changes, folded_jobs& jobs, timestamp now);

  state_cache recent_{limits::view_cache_bytes};
};

// Brings the counts of what is due from one time to another, later or earlier.
template <class DueBetween>
void move_due(kind_table& kinds, timestamp& as_of, timestamp now, DueBetween due_between) {
  bool const later = now > as_of;
  auto crossed = later ? due_between(as_of, now) : due_between(now, as_of);
  for (kind_change& change : crossed) {
    if (!later) change.jobs = -change.jobs;
    kinds.count_due(change);
  }
  as_of = now;
}

}  // namespace retrylab
