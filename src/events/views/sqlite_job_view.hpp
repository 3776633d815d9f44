#pragma once
// The job view in an SQLite file of its own, which may be deleted: the next start folds it again
// from the log. One sqlite_job_view writes; each reading thread has its own sqlite_job_reader.

#include "events/store/sqlite.hpp"
#include "events/views/folding_view.hpp"

#include <filesystem>
#include <memory>

namespace retrylab {

class sqlite_job_reader final : public job_reader {
 public:
  explicit sqlite_job_reader(std::filesystem::path const& file);
  view_result<seq> checkpoint() override;
  view_result<job_page> list(job_query const& query, timestamp now) override;
  view_result<job_counts> counts(timestamp now) override;
  view_result<job_snapshot> find(std::span<job_id const> jobs) override;
  view_result<std::vector<job_state>> unended(job_id after, std::size_t limit) override;

 private:
  sqlite_connection db_;
  sqlite_statement checkpoint_;
  sqlite_statement find_;
  sqlite_statement unended_;
  sqlite_statement counts_;
  sqlite_statement due_;
};

class sqlite_job_view final : public job_view, private folding_view {
 public:
  // Creates the file. One of another format, or one that is not readable, is replaced by an empty
  // view.
  [[nodiscard]] static view_result<std::unique_ptr<sqlite_job_view>> open(
      std::filesystem::path const& file);

  view_result<seq> checkpoint() override { return checkpoint_; }
  view_result<job_page> list(job_query const& query, timestamp now) override {
    return reader_->list(query, now);
  }
  view_result<job_counts> counts(timestamp now) override { return reader_->counts(now); }
  view_result<job_snapshot> find(std::span<job_id const> jobs) override {
    return reader_->find(jobs);
  }
  view_result<std::vector<job_state>> unended(job_id after, std::size_t limit) override {
    return reader_->unended(after, limit);
  }
  view_result<projection> apply(std::span<stored_event const> events) override;

 private:
  explicit sqlite_job_view(std::filesystem::path const& file);
  std::optional<job_state> load(job_id job) override;
  void save(projection const& p, std::span<count_key const> touched) override;
  count_table due_waiting(timestamp now) override;

  sqlite_connection db_;
  std::unique_ptr<sqlite_job_reader> reader_;
  std::optional<sqlite_statement> load_;
  std::optional<sqlite_statement> upsert_;
  std::optional<sqlite_statement> save_counts_;
  std::optional<sqlite_statement> save_checkpoint_;
  std::optional<sqlite_statement> due_;
};

}  // namespace retrylab
