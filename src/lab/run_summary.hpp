#pragma once
// The figures of a run.

#include "lab/stage.hpp"

#include <array>

namespace retrylab {

struct run_summary {
  std::uint64_t jobs = 0;
  std::array<std::uint64_t, status_names.size()> by_status{};  // as shown at the end
  std::uint64_t attempts = 0;
  std::uint64_t attempts_most = 0;  // of one job
  std::uint64_t attempts_peak = 0;  // begun in any second
  microseconds attempts_peak_at{};
  std::uint64_t unfinished_peak = 0;
  microseconds unfinished_peak_at{};
  std::uint64_t arrivals_milli = 0;  // a second, on average from the first to the last; 0: no span
  std::uint64_t storm_milli = 0;     // the peak of attempts over these; 0: not known
  std::uint64_t succeeded = 0;
  // From when a job may run to its success, of those that succeeded.
  microseconds p50{};
  microseconds p95{};
  microseconds p99{};
  microseconds slowest{};
  std::optional<microseconds> calm_after{};             // as in calm_watch
  std::map<std::string, std::uint64_t> dead_letters{};  // by the type of the newest error
};

[[nodiscard]] run_summary summarize(stage_run const& run);

// From when it may run to its success.
[[nodiscard]] microseconds time_to_success(job_outcome const& o);

struct timed_job {
  microseconds time{};
  job_id job{};
};
// The job that so many ten-thousandths of all do not exceed, by time and then by id. Not empty.
[[nodiscard]] timed_job const& percentile_of(std::vector<timed_job>& all, unsigned ten_thousandths);

}  // namespace retrylab
