#include "events/views/sqlite_kinds.hpp"

#include "events/core/assert.hpp"

namespace retrylab {
namespace {

constexpr char const* count_columns =
    "scheduled, queued, running, retrying, succeeded, failed, cancelled, discarded, scheduled_due, "
    "retrying_due";
constexpr int statuses = static_cast<int>(status_names.size());
constexpr std::size_t scheduled = static_cast<std::size_t>(job_status::scheduled);
constexpr std::size_t retrying = static_cast<std::size_t>(job_status::retrying);

}  // namespace

std::string kind_table_schema() {
  return R"(
CREATE TABLE kinds (
  kind INTEGER PRIMARY KEY,
  queue TEXT NOT NULL,
  type TEXT NOT NULL,
  scheduled INTEGER NOT NULL,      -- jobs in each status, as stored
  queued INTEGER NOT NULL,
  running INTEGER NOT NULL,
  retrying INTEGER NOT NULL,
  succeeded INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  discarded INTEGER NOT NULL,
  scheduled_due INTEGER NOT NULL,  -- of these, due at checkpoint.due_as_of
  retrying_due INTEGER NOT NULL
) STRICT;
CREATE TABLE checkpoint (seq INTEGER NOT NULL, due_as_of INTEGER NOT NULL) STRICT;
INSERT INTO checkpoint VALUES (0, 0);
)";
}

sqlite_kinds::sqlite_kinds(sqlite_connection& db)
    : checkpoint_(db, "SELECT seq, due_as_of FROM checkpoint"),
      kinds_(db, "SELECT " + std::string{count_columns} +
                     ", queue, type FROM kinds WHERE kind > ? ORDER BY kind"),
      due_(db,
           "SELECT kind, status FROM jobs WHERE status IN (0, 3) AND due > ?1 AND due <= ?2 ORDER "
           "BY due") {}

view_checkpoint sqlite_kinds::checkpoint() {
  view_checkpoint at;
  if (checkpoint_.step()) {
    at.seq.value = static_cast<std::uint64_t>(checkpoint_.integer(0));
    at.due_as_of = from_micros(checkpoint_.integer(1));
  }
  checkpoint_.reset();
  return at;
}

void sqlite_kinds::read(kind_table& into, std::size_t known) {
  kinds_.bind(1, static_cast<std::int64_t>(known));
  for (std::size_t row = known; kinds_.step(); ++row) {
    if (row == into.all().size())
      (void)into.number_of(kinds_.text(statuses + 2), kinds_.text(statuses + 3));
    job_kind& kind = into.at(static_cast<kind_number>(row + 1));
    for (int i = 0; i < statuses; ++i) kind.stored[static_cast<std::size_t>(i)] = kinds_.integer(i);
    kind.due[scheduled] = kinds_.integer(statuses);
    kind.due[retrying] = kinds_.integer(statuses + 1);
  }
  kinds_.reset();
}

std::vector<kind_change> sqlite_kinds::due_between(timestamp after, timestamp until) {
  std::map<std::pair<kind_number, job_status>, std::int64_t> jobs;
  due_.bind(1, to_micros(after)).bind(2, to_micros(until));
  while (due_.step())
    ++jobs[{static_cast<kind_number>(due_.integer(0)), static_cast<job_status>(due_.integer(1))}];
  due_.reset();
  std::vector<kind_change> changes;
  changes.reserve(jobs.size());
  for (auto const& [key, count] : jobs) changes.push_back({key.first, key.second, count});
  return changes;
}

sqlite_kinds_writer::sqlite_kinds_writer(sqlite_connection& db)
    : kind_(db, "INSERT OR REPLACE INTO kinds (kind, queue, type, " + std::string{count_columns} +
                    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      checkpoint_(db, "UPDATE checkpoint SET seq = ?, due_as_of = ?") {}

void sqlite_kinds_writer::save(kind_number number, job_kind const& kind) {
  kind_.bind(1, std::int64_t{number}).bind(2, std::string_view{kind.queue});
  kind_.bind(3, std::string_view{kind.type});
  for (int i = 0; i < statuses; ++i) kind_.bind(4 + i, kind.stored[static_cast<std::size_t>(i)]);
  kind_.bind(4 + statuses, kind.due[scheduled]).bind(5 + statuses, kind.due[retrying]);
  RETRYLAB_ASSERT(kind_.run(), "a replacement meets no conflict");
}

void sqlite_kinds_writer::save(view_checkpoint at) {
  checkpoint_.bind(1, static_cast<std::int64_t>(at.seq.value)).bind(2, to_micros(at.due_as_of));
  RETRYLAB_ASSERT(checkpoint_.run(), "an update meets no conflict");
}

}  // namespace retrylab
