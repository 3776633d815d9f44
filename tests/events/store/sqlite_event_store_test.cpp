// What is particular to the log in a file: what it refuses to open, and what cannot be done to it.

#include "events/store/sqlite_event_store.hpp"

#include "temporary_directory.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace retrylab {
namespace {

class sqlite_log : public testing::Test {
 protected:
  std::filesystem::path file() const { return directory_.path() / "log.db"; }
  result<std::unique_ptr<sqlite_event_store>, store_failure> open(sqlite_log_options options = {}) {
    return sqlite_event_store::open(file(), options);
  }
  void write_jobs(std::uint64_t count) {
    auto log = open();
    ASSERT_TRUE(log) << log.error().message;
    for (std::uint64_t job = 1; job <= count; ++job) {
      append_batch b;
      b.events.push_back({{},
                          job_id{(*log)->head()->last_job.value + 1},
                          1,
                          1,
                          "Discarded",
                          from_micros(1),
                          R"({"by":"t","reason":""})"});
      ASSERT_TRUE((*log)->append({&b, 1}));
    }
  }
  std::string refusal(sqlite_log_options options = {}) {
    auto const log = open(options);
    if (log) return "";
    EXPECT_EQ(log.error().what, store_failure::kind::refused);
    return log.error().message;
  }
  void run_sql(char const* sql) {
    sqlite_connection db{file(), sqlite_connection::mode::read_write};
    db.execute(sql);
  }

  temporary_directory directory_;
};

TEST_F(sqlite_log, is_in_wal_mode_and_syncs_every_commit) {
  write_jobs(1);
  sqlite_connection db{file(), sqlite_connection::mode::read_write};
  EXPECT_EQ(db.query("PRAGMA journal_mode"), "wal");
  db.use_wal("FULL");
  EXPECT_EQ(db.query("PRAGMA synchronous"), "2");
}

TEST_F(sqlite_log, can_be_read_with_the_sqlite_shell) {
  write_jobs(2);
  sqlite_connection db{file(), sqlite_connection::mode::read_only};
  EXPECT_EQ(db.query("SELECT data ->> 'by' FROM events WHERE job = 2"), "t");
}

TEST_F(sqlite_log, refuses_changes_and_deletions_by_trigger) {
  write_jobs(1);
  for (char const* sql : {"UPDATE events SET data = '{}'", "DELETE FROM events",
                          "UPDATE batches SET epoch = 9", "DELETE FROM batches"}) {
    try {
      run_sql(sql);
      ADD_FAILURE() << sql << " went through";
    } catch (sqlite_error const& error) {
      EXPECT_NE(std::string{error.what()}.find("append-only"), std::string::npos) << error.what();
    }
  }
}

TEST_F(sqlite_log, only_a_purge_deletes_and_leaves_no_permission_behind) {
  write_jobs(3);
  auto log = open();
  append_batch b;
  b.events.push_back({{}, system_id, 1, 1, "Purged", from_micros(2), "{}"});
  b.purge = stream_purge{{{job_id{1}, 1}}, "a-segment"};
  ASSERT_TRUE((*log)->append({&b, 1}));
  log->reset();
  EXPECT_THROW(run_sql("DELETE FROM events WHERE job = 2"), sqlite_error);
  EXPECT_THROW(run_sql("INSERT INTO purging VALUES (0)"), sqlite_error);
  sqlite_connection db{file(), sqlite_connection::mode::read_only};
  EXPECT_EQ(db.query("SELECT count(*) FROM purging"), "0");
  EXPECT_EQ(db.query("SELECT group_concat(job) FROM (SELECT job FROM events ORDER BY seq)"),
            "2,3,0");
}

TEST_F(sqlite_log, of_the_format_before_is_brought_to_this_one) {
  write_jobs(2);
  run_sql(
      "DROP TABLE purging; DROP TABLE purged; DROP INDEX keys_by_job;"
      "DROP TRIGGER events_are_never_deleted; CREATE TRIGGER events_are_never_deleted BEFORE "
      "DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;"
      "PRAGMA user_version = 1");
  auto log = open();
  ASSERT_TRUE(log) << log.error().message;
  append_batch b;
  b.events.push_back({{}, system_id, 1, 1, "Purged", from_micros(2), "{}"});
  b.purge = stream_purge{{{job_id{1}, 1}}, "a-segment"};
  auto const outcome = (*log)->append({&b, 1});
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(*(*log)->find_purged(job_id{1}), "a-segment");
}

TEST_F(sqlite_log, readers_cannot_write) {
  write_jobs(1);
  sqlite_connection db{file(), sqlite_connection::mode::read_only};
  EXPECT_THROW(db.execute("INSERT INTO keys VALUES ('k', 1, x'00')"), sqlite_error);
}

TEST_F(sqlite_log, a_file_of_another_program_is_refused_and_left_alone) {
  run_sql("CREATE TABLE theirs (x)");
  auto const before = std::filesystem::file_size(file());
  EXPECT_NE(refusal().find("not a RetryLab log"), std::string::npos);
  EXPECT_EQ(std::filesystem::file_size(file()), before);
  EXPECT_FALSE(std::filesystem::exists(file().string() + "-wal"));
}

TEST_F(sqlite_log, a_file_that_is_no_database_is_refused) {
  std::ofstream{file()} << std::string(5000, 'x');
  EXPECT_NE(refusal().find("not a database"), std::string::npos);
}

TEST_F(sqlite_log, a_newer_format_is_refused_by_number) {
  write_jobs(1);
  run_sql("PRAGMA user_version = 3");
  EXPECT_NE(refusal().find("has format 3; this program reads format 2"), std::string::npos);
}

TEST_F(sqlite_log, a_log_behind_its_witness_is_refused_unless_the_loss_is_accepted) {
  write_jobs(3);
  auto const older = directory_.path() / "older.db";
  run_sql("PRAGMA wal_checkpoint(TRUNCATE)");
  std::filesystem::copy_file(file(), older);
  write_jobs(2);
  for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(file().string() + end);
  std::filesystem::rename(older, file());
  EXPECT_NE(refusal().find("ends at event 3, but event 5 was committed"), std::string::npos);
  EXPECT_EQ(refusal({"FULL", true}), "");
  EXPECT_EQ(refusal(), "");  // the loss was accepted once and for all
}

TEST_F(sqlite_log, a_changed_last_event_is_refused) {
  write_jobs(2);
  run_sql("DROP TRIGGER events_are_never_changed; UPDATE events SET data = '{}' WHERE seq = 2");
  EXPECT_NE(refusal().find("events 2 to 2 do not fit their chain link"), std::string::npos);
}

TEST_F(sqlite_log, a_removed_last_event_is_refused) {
  write_jobs(2);
  run_sql("DROP TRIGGER events_are_never_deleted; DELETE FROM events WHERE seq = 2");
  EXPECT_FALSE(refusal().empty());
}

}  // namespace
}  // namespace retrylab
