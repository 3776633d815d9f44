#include "events/core/limits.hpp"
#include "events/views/job_row.hpp"
#include "events/views/sqlite_job_view.hpp"

namespace retrylab {
namespace {

constexpr char const* due_sql =
    "SELECT queue, type, status, count(*) FROM jobs WHERE status IN (0, 3) AND due <= ? GROUP BY "
    "queue, type, status";

std::string const& select_jobs() {
  static std::string const sql = "SELECT " + job_columns() + " FROM jobs ";
  return sql;
}

std::vector<job_state> rows(sqlite_statement& s) {
  std::vector<job_state> out;
  while (s.step()) out.push_back(read_job_row(s));
  s.reset();
  return out;
}

// The statuses are stored without regard to the clock; the condition has to say what each one
// shows.
std::string shown_as(job_status status, std::int64_t now) {
  std::string const n = std::to_string(static_cast<int>(status));
  std::string const at = std::to_string(now);
  if (status == job_status::queued) return "status = 1 OR (status IN (0, 3) AND due <= " + at + ")";
  if (status == job_status::scheduled || status == job_status::retrying) {
    return "(status = " + n + " AND (due IS NULL OR due > " + at + "))";
  }
  return "status = " + n;
}

std::string conditions(job_query const& q, timestamp now) {
  std::string where;
  auto const both = [&](std::string const& condition) {
    where += (where.empty() ? "WHERE (" : " AND (") + condition + ")";
  };
  std::string any;
  for (job_status s : q.statuses) any += (any.empty() ? "" : " OR ") + shown_as(s, to_micros(now));
  if (!any.empty()) both(any);
  if (q.type) both("type = ?1");
  if (q.queue) both("queue = ?2");
  return where;
}

void bind_names(sqlite_statement& s, job_query const& q) {
  if (q.type) s.bind(1, std::string_view{*q.type});
  if (q.queue) s.bind(2, std::string_view{*q.queue});
}

}  // namespace

sqlite_job_reader::sqlite_job_reader(std::filesystem::path const& file)
    : db_(file, sqlite_connection::mode::read_only),
      checkpoint_(db_, "SELECT seq FROM checkpoint"),
      find_(db_, select_jobs() + "WHERE id = ?"),
      unended_(db_, select_jobs() + "WHERE status < 4 AND id > ? ORDER BY id LIMIT ?"),
      counts_(db_, "SELECT queue, type, status, n FROM counts"),
      due_(db_, due_sql) {}

view_result<seq> sqlite_job_reader::checkpoint() {
  return guarded<seq>([&] {
    seq at{};
    if (checkpoint_.step()) at.value = static_cast<std::uint64_t>(checkpoint_.integer(0));
    checkpoint_.reset();
    return at;
  });
}

view_result<job_page> sqlite_job_reader::list(job_query const& query, timestamp now) {
  return guarded<job_page>([&] {
    sqlite_transaction const one_snapshot{db_, "BEGIN"};
    job_page page;
    std::string const where = conditions(query, now);
    std::string const below =
        query.before ? (where.empty() ? "WHERE " : " AND ") + std::string{"id < ?3"} : "";
    sqlite_statement select{db_, select_jobs() + where + below + " ORDER BY id DESC LIMIT ?4"};
    bind_names(select, query);
    if (query.before) select.bind(3, static_cast<std::int64_t>(query.before->value));
    select.bind(4, static_cast<std::int64_t>(query.limit + 1));
    page.jobs = rows(select);
    page.more = page.jobs.size() > query.limit;
    if (page.more) page.jobs.pop_back();

    sqlite_statement count{db_, "SELECT count(*) FROM (SELECT 1 FROM jobs " + where + " LIMIT ?4)"};
    bind_names(count, query);
    count.bind(4, static_cast<std::int64_t>(limits::count_exact + 1));
    if (count.step()) page.total = count.integer(0);
    if (page.total <= static_cast<std::int64_t>(limits::count_exact)) return page;
    page.estimated = true;
    if (where.empty()) {  // nothing filtered: the counters know
      sqlite_statement all{db_, "SELECT sum(n) FROM counts"};
      if (all.step()) page.total = all.integer(0);
    }
    return page;
  });
}

view_result<job_counts> sqlite_job_reader::counts(timestamp now) {
  return guarded<job_counts>([&] {
    sqlite_transaction const one_snapshot{db_, "BEGIN"};
    count_table table;
    count_table due;
    for (auto [statement, into] : {std::pair{&counts_, &table}, std::pair{&due_, &due}}) {
      if (statement == &due_) statement->bind(1, to_micros(now));
      while (statement->step()) {
        count_key const key{statement->text(0), statement->text(1)};
        (*into)[key].at(static_cast<std::size_t>(statement->integer(2))) = statement->integer(3);
      }
      statement->reset();
    }
    show_due_as_queued(table, due);
    job_counts out = sum(table);
    if (checkpoint_.step()) out.seq.value = static_cast<std::uint64_t>(checkpoint_.integer(0));
    checkpoint_.reset();
    return out;
  });
}

view_result<job_snapshot> sqlite_job_reader::find(std::span<job_id const> jobs) {
  return guarded<job_snapshot>([&] {
    sqlite_transaction const one_snapshot{db_, "BEGIN"};
    job_snapshot out;
    if (checkpoint_.step()) out.seq.value = static_cast<std::uint64_t>(checkpoint_.integer(0));
    checkpoint_.reset();
    for (job_id id : jobs) {
      if (find_.bind(1, static_cast<std::int64_t>(id.value)).step())
        out.jobs.push_back(read_job_row(find_));
      find_.reset();
    }
    return out;
  });
}

view_result<std::vector<job_state>> sqlite_job_reader::unended(job_id after, std::size_t limit) {
  return guarded<std::vector<job_state>>([&] {
    unended_.bind(1, static_cast<std::int64_t>(after.value))
        .bind(2, static_cast<std::int64_t>(limit));
    return rows(unended_);
  });
}

}  // namespace retrylab
