#pragma once
// The log in an SQLite file: WAL, synchronous=FULL, append-only by trigger, but for streams that
// the same transaction purges. Exactly one connection, of the one sqlite_event_store, writes and
// checkpoints; every sqlite_event_reader is read-only. (SQLite before 3.51.3 can damage a WAL file
// when two connections checkpoint it at once; here no second one can.)
//
// Beside the file stands a witness, `<file>.head`: the last seq, written after each commit and not
// synced. After a crash the log may be ahead of it, never behind; a log that is behind lost
// something, and is refused.

#include "events/event_store.hpp"
#include "events/store/sqlite_rows.hpp"

#include <filesystem>

namespace retrylab {

class sqlite_event_reader final : public event_reader {
 public:
  explicit sqlite_event_reader(std::filesystem::path const& file);
  events_or_failure read_stream(job_id job, stream_version after, std::size_t limit) override;
  result<std::vector<std::vector<stored_event>>, store_failure> read_streams(
      std::span<job_id const> jobs) override;
  events_or_failure read_all(seq after, std::size_t limit) override;
  result<std::vector<chain_link>, store_failure> read_chain(seq after, std::size_t limit) override;
  result<std::optional<std::string>, store_failure> find_purged(job_id job) override;
  result<log_head, store_failure> head() override;

 private:
  sqlite_connection db_;
  sqlite_statement stream_;
  sqlite_statement all_;
  sqlite_statement chain_;
  sqlite_statement last_event_;
  sqlite_statement last_job_;
  sqlite_statement last_system_;
  sqlite_statement last_link_;
  std::optional<sqlite_statement> purged_;  // made when it is asked for: an older log has no table
};

struct sqlite_log_options {
  // For the control run of the crash tests, which must lose jobs when this is OFF. FULL everywhere
  // else.
  std::string synchronous = "FULL";
  bool accept_loss = false;       // open a log that is behind its witness
  std::uint64_t first_epoch = 1;  // of a new log; a copy goes on behind its original's
};

class sqlite_event_store final : public event_store {
 public:
  // Creates the file when there is none. Refuses another program's file, another format, a broken
  // last chain link and a log behind its witness.
  [[nodiscard]] static result<std::unique_ptr<sqlite_event_store>, store_failure> open(
      std::filesystem::path const& file, sqlite_log_options const& options = {});
  ~sqlite_event_store() override;

  events_or_failure read_stream(job_id job, stream_version after, std::size_t limit) override;
  result<std::vector<std::vector<stored_event>>, store_failure> read_streams(
      std::span<job_id const> jobs) override;
  events_or_failure read_all(seq after, std::size_t limit) override;
  result<std::vector<chain_link>, store_failure> read_chain(seq after, std::size_t limit) override;
  result<std::optional<std::string>, store_failure> find_purged(job_id job) override;
  result<log_head, store_failure> head() override { return head_; }
  result<std::vector<append_outcome>, store_failure> append(std::span<append_batch> group) override;
  std::uint64_t epoch() const override { return epoch_; }

 private:
  class witness;
  class purger;
  sqlite_event_store(std::filesystem::path const& file, sqlite_log_options const& options);
  append_outcome append_one(append_batch& batch, log_head& head);
  [[nodiscard]] bool has_version(job_id job, stream_version version);
  [[nodiscard]] bool insert(std::span<stored_event const> events);
  void insert_link(log_head const& head);
  std::optional<std::string> defect();
  std::vector<append_outcome> append_group(std::span<append_batch> group);

  sqlite_connection db_;
  std::unique_ptr<sqlite_event_reader> reader_;
  std::unique_ptr<witness> witness_;
  std::unique_ptr<purger> purger_;
  std::optional<sqlite_rows> rows_;
  std::optional<sqlite_statement> insert_event_;
  std::optional<sqlite_statement> insert_events_;
  std::optional<sqlite_statement> insert_link_;
  std::optional<sqlite_statement> insert_key_;
  std::optional<sqlite_statement> delete_key_;
  std::optional<sqlite_statement> find_key_;
  std::optional<sqlite_statement> find_version_;
  chain_hasher hasher_;
  std::vector<sha256_digest> digests_;
  log_head head_;
  std::uint64_t epoch_ = 0;
  std::uint64_t transactions_ = 0;
};

}  // namespace retrylab
