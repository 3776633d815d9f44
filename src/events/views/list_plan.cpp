#include "events/views/list_plan.hpp"

#include "events/core/limits.hpp"
#include "events/views/job_filter.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::array waiting{job_status::scheduled, job_status::retrying};

constexpr auto few = static_cast<std::int64_t>(limits::list_rows);
constexpr auto sortable = static_cast<std::int64_t>(limits::list_sorted);

list_plan all_checked(std::optional<std::int64_t> total = {}) {
  return {{{all_jobs{}, true}}, total};
}

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
    some_[due] = some_[due] || *count <= sortable;
    return *count <= sortable;
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

// For each status as stored: nothing when no job of it is shown with a status that is wanted, else
// whether some are and some are not.
std::optional<bool> status_check(job_query const& q, job_status stored) {
  bool const as_such = has_status(q, stored);
  bool const waits = stored == job_status::scheduled || stored == job_status::retrying;
  bool const as_due = waits ? has_status(q, job_status::queued) : as_such;
  return as_such || as_due ? std::optional{as_such != as_due} : std::nullopt;
}

void add_errors(std::vector<planned_run>& runs, job_query const& q,
                std::vector<error_match> const& errors, bool check) {
  for (error_match const& match : errors) {
    for (std::size_t i = 0; i < status_names.size(); ++i) {
      auto const status = static_cast<job_status>(i);
      if (auto const mixed = status_check(q, status))
        runs.push_back({jobs_with_error{match.error, status}, check || match.check || *mixed});
    }
  }
}

list_plan within_bound(std::vector<planned_run> runs) {
  if (runs.size() > limits::list_ranges) return all_checked();
  return {std::move(runs), {}};
}

list_plan plan_text(job_query const& q, kind_table const& kinds, text_matches const& found) {
  if (!found.tags_of_text) return all_checked();
  bool const of_kind = q.type || q.queue;
  auto runs =
      runs_of_kinds(q, kinds, [&](job_kind const& k) { return has_part(k.type, *q.text); }).first;
  for (std::string const& tag : *found.tags_of_text)
    runs.push_back({jobs_with_tag{tag}, of_kind || !q.statuses.empty()});
  add_errors(runs, q, found.of_text, of_kind);
  return within_bound(std::move(runs));
}

}  // namespace

list_plan plan_list(job_query const& q, kind_table const& kinds, text_matches const& found) {
  bool const of_kind = q.type || q.queue;
  bool const by_kind = of_kind || !q.statuses.empty();
  bool const by_row = !q.tags.empty() || q.error || q.text;
  auto [runs, total] = runs_of_kinds(q, kinds, [](job_kind const&) { return true; });
  if (by_row && (!by_kind || total > few)) {
    bool const by_one = q.tags.size() + q.error.has_value() + q.text.has_value() == 1;
    if (!q.tags.empty()) return {{{jobs_with_tag{q.tags.front()}, by_kind || !by_one}}, {}};
    if (!q.error) return plan_text(q, kinds, found);
    runs.clear();
    add_errors(runs, q, found.of_error, of_kind || !by_one);
    return within_bound(std::move(runs));
  }
  if (!by_kind) return {{{all_jobs{}, false}}, total};
  std::optional<std::int64_t> const known = by_row ? std::nullopt : std::optional{total};
  if (runs.size() > limits::list_ranges) return all_checked(known);
  for (planned_run& run : runs) run.check = run.check || by_row;
  return {std::move(runs), known};
}

}  // namespace retrylab
