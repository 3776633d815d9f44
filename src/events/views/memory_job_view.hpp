#pragma once
// The job view in memory, for `--ephemeral` and the simulated world. Any thread may call; a mutex
// orders them.

#include "events/views/folding_view.hpp"

#include <mutex>
#include <set>

namespace retrylab {

class memory_job_view final : public job_view, private folding_view {
 public:
  view_result<seq> checkpoint() override;
  view_result<job_page> list(job_query const& query, timestamp now) override;
  view_result<creation_histogram> histogram(job_query const& query, std::size_t bins,
                                            timestamp now) override;
  view_result<job_counts> counts(timestamp now) override;
  view_result<job_snapshot> find(std::span<job_id const> jobs) override;
  view_result<std::vector<job_state>> unended(job_id after, std::size_t limit) override;
  view_result<projection> apply(std::span<stored_event const> events) override;
  [[nodiscard]] history_reader const& history() const override { return history_; }

 private:
  std::optional<job_state> load(job_id job) override;
  void save(view_changes const& changes) override;
  std::vector<kind_change> due_between(timestamp after, timestamp until) override;

  std::mutex mutex_;
  std::map<job_id, job_state> jobs_;
  std::set<std::pair<timestamp, job_id>> due_;  // scheduled and retrying jobs
};

}  // namespace retrylab
