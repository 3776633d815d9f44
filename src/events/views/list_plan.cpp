#include "events/views/list_plan.hpp"

#include "events/core/limits.hpp"
#include "events/views/job_filter.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::array waiting{job_status::scheduled, job_status::retrying};

list_plan all_checked() { return {{{all_jobs{}, true}}, {}}; }

bool is_of(job_query const& q, job_kind const& kind) {
  return (!q.type || kind.type == *q.type) && (!q.queue || kind.queue == *q.queue);
}

// Scheduled and retrying jobs of all kinds that are due, or not yet.
std::int64_t count_waiting(kind_table const& kinds, bool due) {
  std::int64_t sum = 0;
  for (job_kind const& kind : kinds.all()) {
    for (job_status status : waiting) {
      auto const i = static_cast<std::size_t>(status);
      sum += due ? kind.due[i] : kind.stored[i] - kind.due[i];
    }
  }
  return sum;
}

// Collects the runs of kinds and statuses that are not empty.
class kind_runs {
 public:
  kind_runs(job_query const& q, kind_table const& kinds) : query_(q), kinds_(kinds) {}

  void add(kind_number number) {
    job_kind const& kind = kinds_.at(number);
    for (std::size_t i = 0; i < kind.stored.size(); ++i) {
      auto const status = static_cast<job_status>(i);
      std::int64_t const due = has_status(query_, job_status::queued) ? kind.due[i] : 0;
      std::int64_t const others = has_status(query_, status) ? kind.stored[i] - kind.due[i] : 0;
      total_ += due + others;
      if (due + others == 0) continue;
      bool const all = due + others == kind.stored[i];
      if (all || !sorted(due > 0)) runs_.push_back({jobs_of_kind{number, status}, !all});
    }
  }
  // The runs, those that are sorted first.
  std::vector<planned_run> take() {
    for (bool due : {false, true}) {
      if (some_[due]) runs_.push_back({waiting_jobs{due}, true});
    }
    return std::move(runs_);
  }
  [[nodiscard]] std::int64_t total() const { return total_; }

 private:
  // Of a run in which some match and some do not, all are read from the index by due time when
  // there are not too many.
  bool sorted(bool due) {
    auto& count = waiting_[due];
    if (!count) count = count_waiting(kinds_, due);
    bool const few = *count <= static_cast<std::int64_t>(limits::list_rows);
    some_[due] = some_[due] || few;
    return few;
  }

  job_query const& query_;
  kind_table const& kinds_;
  std::vector<planned_run> runs_;
  std::int64_t total_ = 0;
  std::array<std::optional<std::int64_t>, 2> waiting_{};  // not due, due
  std::array<bool, 2> some_{};
};

template <class Wanted>
std::pair<std::vector<planned_run>, std::int64_t> runs_of_kinds(job_query const& q,
                                                                kind_table const& kinds,
                                                                Wanted wanted) {
  kind_runs runs{q, kinds};
  for (std::size_t i = 0; i < kinds.all().size(); ++i) {
    if (is_of(q, kinds.all()[i]) && wanted(kinds.all()[i]))
      runs.add(static_cast<kind_number>(i + 1));
  }
  return {runs.take(), runs.total()};
}

// Whether nearly every job that has one of these statuses has an error.
bool have_errors(std::vector<job_status> const& statuses) {
  return !statuses.empty() && std::all_of(statuses.begin(), statuses.end(), [](job_status s) {
    return s == job_status::failed || s == job_status::retrying || s == job_status::discarded;
  });
}

list_plan plan_text(job_query const& q, kind_table const& kinds,
                    std::optional<std::vector<std::string>> const& tags) {
  if (!tags) return all_checked();
  auto runs =
      runs_of_kinds(q, kinds, [&](job_kind const& k) { return has_part(k.type, *q.text); }).first;
  for (std::string const& tag : *tags) runs.push_back({jobs_with_tag{tag}, true});
  runs.push_back({jobs_with_error{}, true});
  if (runs.size() > limits::list_ranges) return all_checked();
  return {std::move(runs), {}};
}

}  // namespace

list_plan plan_list(job_query const& q, kind_table const& kinds,
                    std::optional<std::vector<std::string>> const& tags_with_text) {
  bool const by_kind = !q.statuses.empty() || q.type || q.queue;
  if (!q.tags.empty()) {
    bool const only = !by_kind && q.tags.size() == 1 && !q.text && !q.error;
    return {{{jobs_with_tag{q.tags.front()}, !only}}, {}};
  }
  bool const rows_tell = q.text || q.error;
  if (q.error && !have_errors(q.statuses)) return {{{jobs_with_error{}, true}}, {}};
  if (q.text && !q.error) return plan_text(q, kinds, tags_with_text);
  auto [runs, total] = runs_of_kinds(q, kinds, [](job_kind const&) { return true; });
  if (!by_kind) return {{{all_jobs{}, false}}, total};
  std::optional<std::int64_t> const known = rows_tell ? std::nullopt : std::optional{total};
  if (runs.size() > limits::list_ranges) return {{{all_jobs{}, true}}, known};
  for (planned_run& run : runs) run.check = run.check || rows_tell;
  return {std::move(runs), known};
}

}  // namespace retrylab
