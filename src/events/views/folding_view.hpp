#pragma once
// The part of a job view that does not depend on where rows are kept: decode, evolve, count. An
// implementation loads and saves states.

#include "events/view.hpp"

namespace retrylab {

// Counts by stored status for each pair of queue and type; everything else is a sum of these.
using count_key = std::pair<std::string, std::string>;  // queue, type
using count_table = std::map<count_key, status_counts>;

[[nodiscard]] job_counts sum(count_table const& table);

class folding_view {
 public:
  virtual ~folding_view() = default;

 protected:
  // May throw what the implementation throws; a refusal is returned.
  [[nodiscard]] view_result<projection> fold_events(std::span<stored_event const> events);

  // Nothing when there is no such job yet.
  virtual std::optional<job_state> load(job_id job) = 0;
  // In one transaction: the states, the new checkpoint, and the counts of the pairs in `touched`.
  virtual void save(projection const& p, std::span<count_key const> touched) = 0;
  // Scheduled and retrying jobs that are due, to be shown as queued.
  virtual count_table due_waiting(timestamp now) = 0;

  seq checkpoint_{};
  count_table counts_;
};

// Moves the due waiting jobs over to queued.
void show_due_as_queued(count_table& counts, count_table const& due);

}  // namespace retrylab
