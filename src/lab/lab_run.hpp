#pragma once
// Plays a scenario, checks it, and plays it once more to show the jobs of failed checks: the same
// seed does the same, so nothing needs to be kept the first time.

#include "lab/lab_report.hpp"

namespace retrylab {

using run_progress = std::function<bool(stage_progress const&)>;  // false: stop

struct lab_options {
  std::optional<std::uint64_t> seed{};  // instead of the scenario's
  std::optional<job_id> job{};          // whose timeline is wanted
  export_lines::sink trace{};
  run_progress progress{};
  std::stop_token halt{};
  std::uint64_t events_most = 0;  // 0: limits::lab_events
  bool timelines = true;          // of jobs that show why a check fails
};

[[nodiscard]] lab_report run_scenario(std::string const& file, scenario const& s,
                                      lab_options const& options);

// The parts of it. A report without timelines.
[[nodiscard]] lab_report report_on(std::string const& file, scenario const& s,
                                   stage_run const& run);
// Of the checks that fail, limits::lab_timelines at most.
[[nodiscard]] std::set<job_id> jobs_that_show(lab_report const& r);
// What happened to these jobs: the run of the report once more, until the last of them has ended.
[[nodiscard]] std::map<job_id, job_timeline> play_again(scenario const& s, lab_report const& r,
                                                        std::set<job_id> jobs,
                                                        run_progress const& progress,
                                                        std::stop_token halt);

}  // namespace retrylab
