#pragma once
// Reads the job view in SQLite, on a connection of its own that writes nothing. One thread.

#include "events/views/sqlite_job_lists.hpp"
#include "events/views/sqlite_kinds.hpp"

#include <filesystem>

namespace retrylab {

class sqlite_job_reader final : public job_reader {
 public:
  // Of a file that a sqlite_job_view has made.
  explicit sqlite_job_reader(std::filesystem::path const& file);
  view_result<seq> checkpoint() override;
  view_result<job_page> list(job_query const& query, timestamp now) override;
  view_result<creation_histogram> histogram(job_query const& query, std::size_t bins,
                                            timestamp now) override;
  view_result<job_counts> counts(timestamp now) override;
  view_result<job_snapshot> find(std::span<job_id const> jobs) override;
  view_result<std::vector<job_state>> unended(job_id after, std::size_t limit) override;

 private:
  // Within a transaction: brings kinds_ to its checkpoint, and to what is due at `now`.
  void refresh(timestamp now);
  [[nodiscard]] std::vector<job_state> read_unended(job_id after, std::size_t limit);

  sqlite_connection db_;
  sqlite_kinds source_;
  sqlite_job_lists lists_;
  id_runs runs_;
  kind_table kinds_;
  std::optional<view_checkpoint> as_of_;  // of the counts in kinds_
};

}  // namespace retrylab
