#pragma once
// Whether a run was as its scenario expects.

#include "lab/stage.hpp"

namespace retrylab {

struct check_result {
  bool passed = false;
  int line = 0;
  std::string expected;           // "p95 of time_to_success at most 10s, jobs of type mail"
  std::string found;              // "12.5s"
  std::optional<job_id> shown{};  // of a failure: a job that shows it
};

[[nodiscard]] std::vector<check_result> evaluate(scenario const& s, stage_run const& run);

}  // namespace retrylab
