#pragma once
// The job view in an SQLite file of its own, which may be deleted: the next start folds it again
// from the log. One sqlite_job_view writes; each reading thread has its own sqlite_job_reader.

#include "events/store/sqlite_rows.hpp"
#include "events/views/folding_view.hpp"
#include "events/views/sqlite_history.hpp"
#include "events/views/sqlite_job_reader.hpp"

#include <memory>

namespace retrylab {

class sqlite_job_view final : public job_view, private folding_view {
 public:
  // Creates the file. One of another format, or one that is not readable, is replaced by an empty
  // view.
  [[nodiscard]] static view_result<std::unique_ptr<sqlite_job_view>> open(
      std::filesystem::path const& file);

  view_result<seq> checkpoint() override { return checkpoint_; }
  view_result<job_page> list(job_query const& query, timestamp now) override {
    return reader_.list(query, now);
  }
  view_result<creation_histogram> histogram(job_query const& query, std::size_t bins,
                                            timestamp now) override {
    return reader_.histogram(query, bins, now);
  }
  view_result<job_counts> counts(timestamp now) override { return reader_.counts(now); }
  view_result<job_snapshot> find(std::span<job_id const> jobs) override {
    return reader_.find(jobs);
  }
  view_result<std::vector<job_state>> unended(job_id after, std::size_t limit) override {
    return reader_.unended(after, limit);
  }
  view_result<projection> apply(std::span<stored_event const> events) override;
  [[nodiscard]] history_reader const& history() const override { return history_; }

 private:
  // Takes the connection with its tables made.
  sqlite_job_view(std::filesystem::path const& file, std::unique_ptr<sqlite_connection> db);
  std::optional<job_state> load(job_id job) override;
  void save(view_changes const& changes) override;
  void remove(job_state const& state);
  error_number number_of(job_error const& error);
  std::vector<kind_change> due_between(timestamp after, timestamp until) override;

  std::unique_ptr<sqlite_connection> db_;
  sqlite_job_reader reader_;
  sqlite_kinds source_;
  sqlite_kinds_writer kind_rows_;
  sqlite_history history_rows_;
  sqlite_rows rows_;
  sqlite_statement load_;
  sqlite_statement insert_;
  sqlite_statement update_;
  sqlite_statement insert_tag_;
  sqlite_statement insert_error_;
  sqlite_statement delete_;
  sqlite_statement delete_tag_;
  error_table errors_;
};

}  // namespace retrylab
