#pragma once
// One scenario under several retry policies: the same seed, so the same arrivals, the same speeds
// and the same luck of each attempt.

#include "lab/lab_run.hpp"

namespace retrylab {

// The scenario with this policy for all of its jobs.
[[nodiscard]] scenario with_policy(scenario s, retry_policy const& policy);

// A stretch of a real log as a scenario, with the policies that its jobs had. It goes on after the
// stretch until every job has ended. `slots`: attempts at a time; none: as many as there were.
[[nodiscard]] scenario as_scenario(recorded_history history, std::optional<std::size_t> slots);

struct policy_run {
  std::string policy;  // its name
  lab_report report;
};

// A table, a column a policy.
[[nodiscard]] std::string as_table(std::vector<policy_run> const& runs);
// One object, on one line.
[[nodiscard]] std::string as_json(std::vector<policy_run> const& runs);

}  // namespace retrylab
