#include "lab/lab_run.hpp"

#include "events/core/assert.hpp"
#include "events/core/limits.hpp"

#include <fmt/format.h>

namespace retrylab {
namespace {

void show_failures(lab_report& r, scenario const& s, lab_options const& options) {
  auto const lines = play_again(s, r, jobs_that_show(r), options.progress, options.halt);
  for (told_check& c : r.checks) {
    if (!c.result.shown) continue;
    auto const found = lines.find(*c.result.shown);
    if (found != lines.end()) c.timeline = as_text(found->second, found->first);
  }
}

}  // namespace

lab_report report_on(std::string const& file, scenario const& s, stage_run const& run) {
  lab_report r{.file = file, .name = s.name, .seed = run.seed, .end = run.end};
  r.time = run.time;
  r.duration = s.duration;
  r.events = run.events;
  r.hash = run.hash;
  r.figures = summarize(run);
  for (check_result& c : evaluate(s, run)) r.checks.push_back({std::move(c)});
  return r;
}

std::set<job_id> jobs_that_show(lab_report const& r) {
  std::set<job_id> jobs;
  for (told_check const& c : r.checks) {
    if (c.result.shown && jobs.size() < limits::lab_timelines) jobs.insert(*c.result.shown);
  }
  return jobs;
}

std::map<job_id, job_timeline> play_again(scenario const& s, lab_report const& r,
                                          std::set<job_id> jobs, run_progress const& progress,
                                          std::stop_token halt) {
  if (jobs.empty()) return {};
  stage_options again{.seed = r.seed, .watch = std::move(jobs), .stop_with_watched = true};
  again.events_most = r.events;
  again.progress = progress;
  again.halt = std::move(halt);
  return play(s, std::move(again)).timelines;
}

lab_report run_scenario(std::string const& file, scenario const& s, lab_options const& options) {
  stage_options first{.seed = options.seed.value_or(s.seed)};
  first.trace = options.trace;
  first.progress = options.progress;
  first.halt = options.halt;
  first.events_most = options.events_most;
  if (options.job) first.watch.insert(*options.job);
  stage_run const run = play(s, std::move(first));
  lab_report r = report_on(file, s, run);
  if (options.job) {
    r.asked = options.job;
    auto const found = run.timelines.find(*options.job);
    r.timeline = found != run.timelines.end() ? as_text(found->second, found->first)
                                              : fmt::format("there is no job {}: the run has {}",
                                                            options.job->value, r.figures.jobs);
  }
  if (options.timelines && run.end != run_end::interrupted) show_failures(r, s, options);
  return r;
}

}  // namespace retrylab
