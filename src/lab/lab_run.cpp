#include "lab/lab_run.hpp"

#include "events/core/assert.hpp"
#include "events/core/limits.hpp"

#include <fmt/format.h>

namespace retrylab {
namespace {

void show_failures(lab_report& r, scenario const& s, lab_options const& options) {
  stage_options again{.seed = r.seed};
  for (told_check const& c : r.checks) {
    if (c.result.shown && again.watch.size() < limits::lab_timelines)
      again.watch.insert(*c.result.shown);
  }
  if (again.watch.empty()) return;
  again.stop_with_watched = true;
  again.events_most = r.events;
  again.progress = options.progress;
  stage_run const second = play(s, std::move(again));
  for (told_check& c : r.checks) {
    if (!c.result.shown) continue;
    auto const found = second.timelines.find(*c.result.shown);
    if (found != second.timelines.end()) c.timeline = as_text(found->second, found->first);
  }
}

}  // namespace

lab_report run_scenario(std::string const& file, scenario const& s, lab_options const& options) {
  stage_options first{.seed = options.seed.value_or(s.seed)};
  first.trace = options.trace;
  first.progress = options.progress;
  first.events_most = options.events_most;
  if (options.job) first.watch.insert(*options.job);
  stage_run const run = play(s, std::move(first));
  lab_report r{.file = file, .name = s.name, .seed = run.seed, .end = run.end};
  r.time = run.time;
  r.duration = s.duration;
  r.events = run.events;
  r.hash = to_hex(run.hash);
  r.figures = summarize(run);
  for (check_result& c : evaluate(s, run)) r.checks.push_back({std::move(c)});
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
