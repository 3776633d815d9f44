#pragma once
// One scenario under several retry policies: the same seed, so the same arrivals, the same speeds
// and the same luck of each attempt.

#include "lab/lab_run.hpp"

namespace retrylab {

// The scenario with this policy for all of its jobs.
[[nodiscard]] scenario with_policy(scenario s, retry_policy const& policy);

struct policy_run {
  std::string policy;  // its name
  lab_report report;
};

// A table, a column a policy.
[[nodiscard]] std::string as_table(std::vector<policy_run> const& runs);
// One object, on one line.
[[nodiscard]] std::string as_json(std::vector<policy_run> const& runs);

}  // namespace retrylab
