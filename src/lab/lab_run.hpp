#pragma once
// Plays a scenario, checks it, and plays it once more to show the jobs of failed checks: the same
// seed does the same, so nothing needs to be kept the first time.

#include "lab/lab_report.hpp"

namespace retrylab {

struct lab_options {
  std::optional<std::uint64_t> seed{};  // instead of the scenario's
  std::optional<job_id> job{};          // whose timeline is wanted
  trace_hash::sink trace{};
  std::function<bool(stage_progress const&)> progress{};
  std::uint64_t events_most = 0;  // 0: limits::lab_events
  bool timelines = true;          // of jobs that show why a check fails
};

[[nodiscard]] lab_report run_scenario(std::string const& file, scenario const& s,
                                      lab_options const& options);

}  // namespace retrylab
