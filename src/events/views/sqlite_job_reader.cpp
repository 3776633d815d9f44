#include "events/views/sqlite_job_reader.hpp"

#include "events/views/folding_view.hpp"

#include <limits>

namespace retrylab {

sqlite_job_reader::sqlite_job_reader(std::filesystem::path const& file)
    : db_(file, sqlite_connection::mode::read_only), source_(db_), lists_(db_), runs_(db_) {}

void sqlite_job_reader::refresh(timestamp now) {
  view_checkpoint const at = source_.checkpoint();
  if (!as_of_ || at.seq != as_of_->seq) {
    as_of_.reset();
    source_.read(kinds_);
    as_of_ = at;
  }
  move_due(kinds_, as_of_->due_as_of, now,
           [this](timestamp after, timestamp until) { return source_.due_between(after, until); });
}

view_result<seq> sqlite_job_reader::checkpoint() {
  return guarded<seq>([&] { return source_.checkpoint().seq; });
}

view_result<job_page> sqlite_job_reader::list(job_query const& query, timestamp now) {
  return guarded<job_page>([&] {
    sqlite_transaction const one_snapshot{db_, "BEGIN"};
    refresh(now);
    return lists_.list(query, now, kinds_);
  });
}

view_result<creation_histogram> sqlite_job_reader::histogram(job_query const& query,
                                                             std::size_t bins, timestamp now) {
  return guarded<creation_histogram>([&] {
    sqlite_transaction const one_snapshot{db_, "BEGIN"};
    refresh(now);
    return lists_.histogram(query, bins, now, kinds_);
  });
}

view_result<job_counts> sqlite_job_reader::counts(timestamp now) {
  return guarded<job_counts>([&] {
    sqlite_transaction const one_snapshot{db_, "BEGIN"};
    refresh(now);
    return kinds_.sums(as_of_->seq);
  });
}

view_result<job_snapshot> sqlite_job_reader::find(std::span<job_id const> jobs) {
  return guarded<job_snapshot>([&] {
    sqlite_transaction const one_snapshot{db_, "BEGIN"};
    source_.read_new(kinds_);
    job_snapshot out{source_.checkpoint().seq, {}};
    for (job_id id : jobs) {
      if (auto state = lists_.find(id, kinds_)) out.jobs.push_back(std::move(*state));
    }
    return out;
  });
}

view_result<std::vector<job_state>> sqlite_job_reader::unended(job_id after, std::size_t limit) {
  return guarded<std::vector<job_state>>([&] {
    // A start reads pages from all over the file: mapped, they are not copied. Only for so long,
    // since mapped pages count as memory of the process.
    if (after == job_id{}) db_.execute("PRAGMA mmap_size=2147483648");
    std::vector<job_state> page = read_unended(after, limit);
    if (page.size() < limit) db_.execute("PRAGMA mmap_size=0");
    return page;
  });
}

std::vector<job_state> sqlite_job_reader::read_unended(job_id after, std::size_t limit) {
  sqlite_transaction const one_snapshot{db_, "BEGIN"};
  source_.read_new(kinds_);
  std::vector<planned_run> runs;
  for (kind_number kind = 1; kind <= kinds_.all().size(); ++kind) {
    for (job_status status :
         {job_status::scheduled, job_status::queued, job_status::running, job_status::retrying})
      runs.push_back({jobs_of_kind{kind, status}, false});
  }
  id_span const above{after.value + 1, std::numeric_limits<std::int64_t>::max()};
  id_merge walk{runs_, runs, above, list_order::oldest_first, {}, limit};
  std::vector<job_state> out;
  for (auto id = walk.next(); id && out.size() < limit; id = walk.next()) {
    if (auto state = lists_.find(job_id{id->id}, kinds_)) out.push_back(std::move(*state));
  }
  return out;
}

}  // namespace retrylab
