#include "events/views/sqlite_job_view.hpp"

#include "events/core/assert.hpp"
#include "events/views/job_row.hpp"

namespace retrylab {
namespace {

constexpr std::int64_t format = 1;

void create(sqlite_connection& db) {
  sqlite_transaction creation{db};
  db.execute(job_table_schema().c_str());
  db.execute(R"(
CREATE TABLE counts (queue TEXT NOT NULL, type TEXT NOT NULL, status INTEGER NOT NULL, n INTEGER NOT NULL,
                     PRIMARY KEY (queue, type, status)) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint (seq INTEGER NOT NULL) STRICT;
INSERT INTO checkpoint VALUES (0);)");
  db.execute(("PRAGMA user_version=" + std::to_string(format)).c_str());
  creation.commit();
}

void remove_files(std::filesystem::path const& file) {
  for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
}

bool is_ours(std::filesystem::path const& file) {
  if (!std::filesystem::exists(file)) return true;
  auto const version = guarded<std::string>([&] {
    sqlite_connection db{file, sqlite_connection::mode::read_write};
    return db.query("PRAGMA user_version");
  });
  return version && *version == std::to_string(format);
}

}  // namespace

sqlite_job_view::sqlite_job_view(std::filesystem::path const& file)
    : db_(file, sqlite_connection::mode::read_write) {
  bool const fresh = db_.query("SELECT count(*) FROM sqlite_schema") == "0";
  db_.use_wal("NORMAL");  // losing the newest rows costs nothing: they come back from the log
  db_.execute("PRAGMA cache_size=-65536");
  if (fresh) create(db_);
  load_.emplace(db_, "SELECT " + job_columns() + " FROM jobs WHERE id = ?");
  upsert_.emplace(db_, job_upsert());
  save_counts_.emplace(db_,
                       "INSERT INTO counts (queue, type, status, n) VALUES (?, ?, ?, ?) ON "
                       "CONFLICT DO UPDATE SET n = excluded.n");
  save_checkpoint_.emplace(db_, "UPDATE checkpoint SET seq = ?");
  due_.emplace(db_,
               "SELECT queue, type, status, count(*) FROM jobs WHERE status IN (0, 3) AND due <= ? "
               "GROUP BY queue, type, status");
  reader_ = std::make_unique<sqlite_job_reader>(file);
  checkpoint_.value = std::stoull(db_.query("SELECT seq FROM checkpoint"));
  sqlite_statement all{db_, "SELECT queue, type, status, n FROM counts"};
  while (all.step()) {
    counts_[{std::string{all.text(0)}, std::string{all.text(1)}}].at(
        static_cast<std::size_t>(all.integer(2))) = all.integer(3);
  }
}

view_result<std::unique_ptr<sqlite_job_view>> sqlite_job_view::open(
    std::filesystem::path const& file) {
  if (!is_ours(file)) remove_files(file);
  return guarded<std::unique_ptr<sqlite_job_view>>(
      [&] { return std::unique_ptr<sqlite_job_view>{new sqlite_job_view{file}}; });
}

view_result<projection> sqlite_job_view::apply(std::span<stored_event const> events) {
  try {
    return fold_events(events);
  } catch (sqlite_error const& error) {
    return to_failure(error);
  }
}

std::optional<job_state> sqlite_job_view::load(job_id job) {
  std::optional<job_state> state;
  if (load_->bind(1, static_cast<std::int64_t>(job.value)).step()) state = read_job_row(*load_);
  load_->reset();
  return state;
}

void sqlite_job_view::save(projection const& p, std::span<count_key const> touched) {
  sqlite_transaction transaction{db_};
  job_row_texts texts;
  for (job_state const& state : p.changed) {
    bind_job_row(*upsert_, state, texts);
    RETRYLAB_ASSERT(upsert_->run(), "an upsert meets no conflict");
  }
  for (count_key const& key : touched) {
    status_counts const& row = counts_.at(key);
    for (std::size_t status = 0; status < row.size(); ++status) {
      save_counts_->bind(1, std::string_view{key.first}).bind(2, std::string_view{key.second});
      save_counts_->bind(3, static_cast<std::int64_t>(status)).bind(4, row[status]);
      RETRYLAB_ASSERT(save_counts_->run(), "an upsert meets no conflict");
    }
  }
  RETRYLAB_ASSERT(save_checkpoint_->bind(1, static_cast<std::int64_t>(p.to.value)).run(),
                  "an update meets no conflict");
  transaction.commit();
}

count_table sqlite_job_view::due_waiting(timestamp now) {
  count_table table;
  due_->bind(1, to_micros(now));
  while (due_->step()) {
    count_key const key{due_->text(0), due_->text(1)};
    table[key].at(static_cast<std::size_t>(due_->integer(2))) = due_->integer(3);
  }
  due_->reset();
  return table;
}

}  // namespace retrylab
