#include "events/views/sqlite_job_view.hpp"

#include "events/views/job_row.hpp"

namespace retrylab {
namespace {

constexpr std::int64_t format = 5;

void create(sqlite_connection& db) {
  sqlite_transaction creation{db};
  db.execute(job_table_schema());
  db.execute(kind_table_schema().c_str());
  db.execute(history_table_schema().c_str());
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

std::unique_ptr<sqlite_connection> prepared(std::filesystem::path const& file) {
  auto db = std::make_unique<sqlite_connection>(file, sqlite_connection::mode::read_write);
  bool const fresh = db->query("SELECT count(*) FROM sqlite_schema") == "0";
  db->use_wal("NORMAL");  // losing the newest rows costs nothing: they come back from the log
  db->execute("PRAGMA cache_size=-32768");
  db->execute("PRAGMA wal_autocheckpoint=4000");
  if (fresh) create(*db);
  return db;
}

void require(bool taken) {
  if (!taken) throw sqlite_error{0, "the view has a job that its log begins again"};
}

void run(sqlite_statement& statement) { require(statement.run()); }

}  // namespace

sqlite_job_view::sqlite_job_view(std::filesystem::path const& file,
                                 std::unique_ptr<sqlite_connection> db)
    : db_(std::move(db)),
      reader_(file),
      source_(*db_),
      kind_rows_(*db_),
      history_rows_(*db_),
      rows_(*db_, job_row_size),
      load_(*db_, "SELECT " + job_columns() + " FROM jobs WHERE id = ?"),
      insert_(*db_, job_insert()),
      update_(*db_, job_update()),
      insert_tag_(*db_, "INSERT OR IGNORE INTO job_tags (tag, id) VALUES (?, ?)"),
      insert_error_(*db_, "INSERT INTO errors (error, type, message) VALUES (?, ?, ?)"),
      delete_(*db_, "DELETE FROM jobs WHERE id = ?"),
      delete_tag_(*db_, "DELETE FROM job_tags WHERE tag = ? AND id = ?") {
  view_checkpoint const at = source_.checkpoint();
  checkpoint_ = at.seq;
  due_as_of_ = at.due_as_of;
  source_.read(kinds_);
  history_rows_.read(history_);
  sqlite_errors{*db_}.read_new(errors_);
}

view_result<std::unique_ptr<sqlite_job_view>> sqlite_job_view::open(
    std::filesystem::path const& file) {
  if (!is_ours(file)) remove_files(file);
  return guarded<std::unique_ptr<sqlite_job_view>>(
      [&] { return std::unique_ptr<sqlite_job_view>{new sqlite_job_view{file, prepared(file)}}; });
}

view_result<projection> sqlite_job_view::apply(std::span<stored_event const> events) {
  try {
    sqlite_transaction transaction{*db_};
    auto step = fold_events(events);
    if (step) transaction.commit();
    return step;
  } catch (sqlite_error const& error) {
    return to_failure(error);
  }
}

std::optional<job_state> sqlite_job_view::load(job_id job) {
  std::optional<job_state> state;
  if (load_.bind(1, static_cast<std::int64_t>(job.value)).step())
    state = read_job_row(load_, kinds_);
  load_.reset();
  return state;
}

error_number sqlite_job_view::number_of(job_error const& error) {
  auto const known = errors_.all().size();
  error_number const number = errors_.number_of(error.type, error.message);
  if (errors_.all().size() > known) {
    error_shape const& added = errors_.all().back();
    insert_error_.bind(1, std::int64_t{number}).bind(2, std::string_view{added.type});
    run(insert_error_.bind(3, std::string_view{added.message}));
  }
  return number;
}

void sqlite_job_view::remove(job_state const& state) {
  auto const id = static_cast<std::int64_t>(state.id.value);
  run(delete_.bind(1, id));
  for (std::string const& tag : state.spec->tags)
    run(delete_tag_.bind(1, std::string_view{tag}).bind(2, id));
}

void sqlite_job_view::save(view_changes const& changes) {
  job_row_writer row;
  std::vector<std::pair<job_state const*, job_row_numbers>> created;
  for (auto const& [state, kind, is_new] : changes.jobs) {
    job_row_numbers const numbers{kind, state->error ? number_of(*state->error) : other_error};
    if (is_new) {
      created.emplace_back(state, numbers);
    } else {
      run(update_.bind(row.write(*state, numbers)));
    }
  }
  auto const next = [&](std::size_t i) { return row.write(*created[i].first, created[i].second); };
  require(rows_.run(insert_, created.size(), next));
  for (auto const& [state, numbers] : created) {
    for (std::string const& tag : state->spec->tags) {
      insert_tag_.bind(1, std::string_view{tag});
      run(insert_tag_.bind(2, static_cast<std::int64_t>(state->id.value)));
    }
  }
  for (job_state const& state : changes.removed) remove(state);
  for (kind_number kind : changes.kinds) kind_rows_.save(kind, kinds_.at(kind));
  history_rows_.save(changes.history);
  kind_rows_.save({changes.checkpoint, changes.due_as_of});
}

std::vector<kind_change> sqlite_job_view::due_between(timestamp after, timestamp until) {
  return source_.due_between(after, until);
}

}  // namespace retrylab
