#pragma once
// What one scenario's run is told of, without the run itself: small, so that many can be kept.

#include "lab/check_results.hpp"
#include "lab/run_summary.hpp"

namespace retrylab {

struct told_check {
  check_result result;
  std::string timeline{};  // of the job that shows the failure
};

struct lab_report {
  std::string file;
  std::string name{};
  std::uint64_t seed = 0;
  run_end end{};
  microseconds time{};      // virtual, that passed
  microseconds duration{};  // of the scenario
  std::uint64_t events = 0;
  std::string hash{};
  run_summary figures{};
  std::vector<told_check> checks{};
  std::optional<job_id> asked{};  // the job somebody wanted to see
  std::string timeline{};         // of it
  microseconds real_time{};       // measured by whoever ran it

  // Ran to its end, and every check passed.
  [[nodiscard]] bool passed() const;
  // "stopped at 50 million events, 6:12:00.000 of 10:00:00.000"; empty: it was not stopped.
  [[nodiscard]] std::string stopped() const;
  // The one command that shows this job again.
  [[nodiscard]] std::string replay(job_id job) const;
};

[[nodiscard]] std::string as_text(lab_report const& report);
// One object, on one line.
[[nodiscard]] std::string as_json(lab_report const& report);
// One <testsuite> a report, one <testcase> a check.
[[nodiscard]] std::string as_junit(std::vector<lab_report> const& reports);

// What an event says beyond its type: "attempt 2 by simulator". May be empty.
[[nodiscard]] std::string in_words(job_event const& event);
// The events of a job, one a line, in words.
[[nodiscard]] std::string as_text(job_timeline const& line, job_id job);

}  // namespace retrylab
