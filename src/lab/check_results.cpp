#include "lab/check_results.hpp"

#include "events/core/result.hpp"
#include "lab/node_parts.hpp"
#include "lab/run_summary.hpp"
#include "lab/scenario_values.hpp"
#include "lab/start_orders.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retrylab {
namespace {

std::string name_of(job_status status) {
  std::string name{to_string(status)};
  for (char& c : name) c = static_cast<char>(c - 'A' + 'a');
  return name;
}

std::string describe(job_scope const& scope) {
  std::string out;
  if (scope.group) out += fmt::format(" of {}", *scope.group);
  if (scope.type) out += fmt::format(" of type {}", *scope.type);
  if (scope.queue) out += fmt::format(" of queue {}", *scope.queue);
  return out;
}

std::string of_jobs(std::uint64_t count) {
  return fmt::format("{} job{}", print_count(count), count == 1 ? "" : "s");
}

// One check against one run.
class evaluation {
 public:
  evaluation(scenario const& s, stage_run const& run, std::size_t number)
      : scenario_(s),
        run_(run),
        check_(s.checks[number]),
        watched_(run.record.of_check(number)),
        groups_(groups_in(check_.scope, s)),
        now_(beginning + run.time),
        scope_(describe(check_.scope)) {}

  check_result evaluate() {
    result_.line = check_.line;
    std::visit([this](auto const& e) { on(e); }, check_.expects);
    if (result_.passed) result_.shown.reset();
    return result_;
  }

 private:
  // visit(job, outcome) of every job in the scope.
  template <class Visit>
  void each(Visit visit) const {
    std::uint64_t id = 0;
    for (job_outcome const& o : run_.record.jobs()) {
      ++id;
      if (groups_[o.group]) visit(job_id{id}, o);
    }
  }
  [[nodiscard]] job_status status(job_outcome const& o) const {
    return run_record::status_of(o, now_);
  }

  void on(all_have const& e) {
    std::uint64_t jobs = 0;
    std::uint64_t others = 0;
    each([&](job_id id, job_outcome const& o) {
      ++jobs;
      if (status(o) == e.status) return;
      if (++others == 1) result_.shown = id;
    });
    result_.expected = fmt::format("all jobs{} {}", scope_, name_of(e.status));
    result_.found = fmt::format("{} of {}", print_count(jobs - others), of_jobs(jobs));
    result_.passed = others == 0;
  }

  void on(status_count const& e) {
    std::uint64_t count = 0;
    std::optional<job_id> with;
    std::optional<job_id> without;
    each([&](job_id id, job_outcome const& o) {
      bool const fits = status(o) == e.status;
      count += fits ? 1 : 0;
      std::optional<job_id>& first = fits ? with : without;
      if (!first) first = id;
    });
    result_.expected = fmt::format("{} {}{}", print(e.jobs), name_of(e.status),
                                   scope_.empty() ? "" : " among jobs" + scope_);
    result_.found = print_count(count);
    result_.passed = e.jobs.has(count);
    result_.shown = count > e.jobs.high ? with : without;
  }

  void on(dead_letter_count const& e) {
    std::uint64_t count = 0;
    std::optional<job_id> with;
    std::optional<job_id> without;
    each([&](job_id id, job_outcome const& o) {
      bool const fits =
          status(o) == job_status::failed && run_.record.error_type(o) == e.error_type;
      count += fits ? 1 : 0;
      std::optional<job_id>& first = fits ? with : without;
      if (!first) first = id;
    });
    result_.expected =
        fmt::format("{} dead letters with {}{}", print(e.jobs), e.error_type, scope_);
    result_.found = print_count(count);
    result_.passed = e.jobs.has(count);
    result_.shown = count > e.jobs.high ? with : without;
  }

  void on(attempts_each const& e) {
    std::uint64_t wrong = 0;
    std::uint64_t worst = 0;
    each([&](job_id id, job_outcome const& o) {
      if (e.attempts.has(o.executions)) return;
      if (++wrong > 1) return;
      result_.shown = id;
      worst = o.executions;
    });
    result_.expected = fmt::format("{} attempts of each job{}", print(e.attempts), scope_);
    result_.passed = wrong == 0;
    result_.found = wrong == 0 ? "so it was"
                               : fmt::format("{} had others; job {} had {}", of_jobs(wrong),
                                             result_.shown->value, worst);
  }

  void on(attempts_peak const& e) {
    rate_peak const& peak = watched_.attempts;
    result_.expected = fmt::format("at most {} attempts in any second{}", print_count(e.most),
                                   scope_.empty() ? "" : ", jobs" + scope_);
    result_.passed = peak.most <= e.most;
    result_.found = print_count(peak.most);
    if (peak.most == 0) return;
    result_.found += fmt::format(" at {}", print_time(peak.at - beginning));
    result_.shown = peak.job;
  }

  void on(unfinished_peak const& e) {
    level_peak const& peak = watched_.unfinished;
    result_.expected =
        fmt::format("at most {} jobs{} unfinished at any time", print_count(e.most), scope_);
    result_.passed = peak.most <= e.most;
    result_.found = print_count(peak.most);
    if (peak.most == 0) return;
    result_.found += fmt::format(" at {}", print_time(peak.at - beginning));
    result_.shown = peak.job;
  }

  void on(success_time const& e) {
    std::vector<timed_job> times;
    std::optional<job_id> without;
    each([&](job_id id, job_outcome const& o) {
      if (status(o) == job_status::succeeded) {
        times.push_back({time_to_success(o), id});
      } else if (!without) {
        without = id;
      }
    });
    std::string const which =
        e.ten_thousandths == 10'000
            ? "the longest"
            : fmt::format(
                  "p{}{}", e.ten_thousandths / 100,
                  e.ten_thousandths % 100 == 0 ? "" : std::to_string(e.ten_thousandths % 100 / 10));
    result_.expected = fmt::format("{} time to success at most {}{}", which, print_duration(e.most),
                                   scope_.empty() ? "" : ", jobs" + scope_);
    if (times.empty()) {
      result_.found = "no job succeeded";
      result_.shown = without;
      return;
    }
    timed_job const at = percentile_of(times, e.ten_thousandths);
    result_.found =
        fmt::format("{} of {} that succeeded", print_duration(at.time), of_jobs(times.size()));
    result_.passed = at.time <= e.most;
    result_.shown = at.job;
  }

  void on(attempt_gaps const& e) {
    std::string ranges;
    for (time_range const& r : e.ranges) ranges += (ranges.empty() ? "" : ", ") + print(r);
    result_.expected =
        fmt::format("gaps between attempts{}{}: {}",
                    e.job ? fmt::format(" of job {}", *e.job) : " of each job", scope_, ranges);
    std::uint64_t const seen = watched_.gaps_right + watched_.gaps_wrong;
    result_.found =
        fmt::format("{} of {} as expected", print_count(watched_.gaps_right), print_count(seen));
    // One job was asked for: then it had to have that many attempts.
    bool const all_there = !e.job || seen >= e.ranges.size();
    result_.passed = watched_.gaps_wrong == 0 && all_there;
    result_.shown = watched_.only;
    if (!all_there) result_.found += fmt::format(", {} never came", e.ranges.size() - seen);
    if (!watched_.first_wrong) return;
    wrong_gap const& wrong = *watched_.first_wrong;
    result_.found += fmt::format("; gap {} of job {} was {}", wrong.number, wrong.job.value,
                                 print_duration(wrong.gap));
    result_.shown = wrong.job;
  }

  void on(starts_in const& e) {
    bool const fifo = e.order == start_order::fifo;
    result_.expected =
        fmt::format("first attempts{} in order of {}", scope_.empty() ? "" : " of jobs" + scope_,
                    fifo ? "arrival" : "priority");
    auto const wrong = fifo ? first_out_of_turn(run_.record, scenario_.jobs, groups_)
                            : first_before_a_higher(run_.record, scenario_.jobs, groups_);
    result_.passed = !wrong;
    result_.found = "so it was";
    if (!wrong) return;
    result_.shown = wrong->early;
    result_.found =
        fmt::format("job {} began before job {}, which {}", wrong->early.value, wrong->late.value,
                    fifo ? "came first" : "waited with a higher priority");
  }

  void on(idle_by const& e) {
    std::optional<job_id> last;
    std::uint64_t open = 0;
    timestamp end = beginning;
    each([&](job_id id, job_outcome const& o) {
      if (!is_ended(o.status)) {
        if (++open == 1) last = id;
      } else if (open == 0 && o.ended_at >= end) {
        end = o.ended_at;
        last = id;
      }
    });
    result_.expected = fmt::format("all jobs{} ended by {}", scope_, print_time(e.time));
    result_.found =
        open > 0 ? fmt::format("{} had not ended at {}", of_jobs(open), print_time(run_.time))
                 : "the last one ended at " + print_time(end - beginning);
    result_.passed = open == 0 && end - beginning <= e.time;
    result_.shown = last;
  }

  scenario const& scenario_;
  stage_run const& run_;
  check const& check_;
  watcher const& watched_;
  std::vector<bool> groups_;
  timestamp now_;
  std::string scope_;
  check_result result_;
};

}  // namespace

std::vector<check_result> evaluate(scenario const& s, stage_run const& run) {
  std::vector<check_result> all;
  all.reserve(s.checks.size());
  for (std::size_t i = 0; i < s.checks.size(); ++i) {
    all.push_back(evaluation{s, run, i}.evaluate());
  }
  return all;
}

}  // namespace retrylab
