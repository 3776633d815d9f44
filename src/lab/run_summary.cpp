#include "lab/run_summary.hpp"

#include "lab/node_parts.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::uint64_t million = 1'000'000;

void add_times(run_summary& s, std::vector<timed_job>& times) {
  s.succeeded = times.size();
  if (times.empty()) return;
  s.p50 = percentile_of(times, 5000).time;
  s.p95 = percentile_of(times, 9500).time;
  s.p99 = percentile_of(times, 9900).time;
  s.slowest = percentile_of(times, 10'000).time;
}

void add_arrivals(run_summary& s, std::vector<job_outcome> const& jobs) {
  if (jobs.empty()) return;
  auto const span =
      static_cast<std::uint64_t>((jobs.back().created_at - jobs.front().created_at).count());
  if (span < million) return;
  s.arrivals_milli = jobs.size() * million / (span / 1000);
  if (s.arrivals_milli > 0) s.storm_milli = s.attempts_peak * million / s.arrivals_milli;
}

}  // namespace

microseconds time_to_success(job_outcome const& o) { return o.ended_at - o.runs_from; }

timed_job const& percentile_of(std::vector<timed_job>& all, unsigned ten_thousandths) {
  std::size_t const rank = std::max<std::size_t>((all.size() * ten_thousandths + 9999) / 10'000, 1);
  auto const at = all.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::ranges::nth_element(all, at, [](timed_job const& a, timed_job const& b) {
    return a.time != b.time ? a.time < b.time : a.job < b.job;
  });
  return *at;
}

run_summary summarize(stage_run const& run) {
  run_summary s;
  std::vector<timed_job> times;
  timestamp const now = beginning + run.time;
  std::uint64_t id = 0;
  for (job_outcome const& o : run.record.jobs()) {
    ++id;
    job_status const status = run_record::status_of(o, now);
    ++s.by_status.at(static_cast<std::size_t>(status));
    s.attempts_most = std::max<std::uint64_t>(s.attempts_most, o.executions);
    if (status == job_status::succeeded) times.push_back({time_to_success(o), job_id{id}});
    if (status == job_status::failed) ++s.dead_letters[run.record.error_type(o)];
  }
  s.jobs = id;
  s.attempts = run.record.attempts();
  watcher const& all = run.record.everything();
  s.attempts_peak = all.attempts.most;
  if (all.attempts.most > 0) s.attempts_peak_at = all.attempts.at - beginning;
  s.unfinished_peak = all.unfinished.most;
  if (all.unfinished.most > 0) s.unfinished_peak_at = all.unfinished.at - beginning;
  s.calm_after = run.record.calm_after();
  add_times(s, times);
  add_arrivals(s, run.record.jobs());
  return s;
}

}  // namespace retrylab
