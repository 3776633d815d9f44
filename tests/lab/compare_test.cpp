// One scenario under several policies.

#include "lab/lab_compare.hpp"
#include "lab/lab_scenarios.hpp"

#include <gmock/gmock.h>

namespace retrylab {
namespace {

using testing::HasSubstr;

TEST(compare, policies_meet_the_same_arrivals_and_the_same_luck) {
  scenario const s = scenario_of(R"(
duration: 1h
policies: {own: {kind: fixed, base_ms: 1}}
jobs:
  - {type: mail, rate: 1/s, arrival: poisson, to: 1m, payload: {success_rate: 0.5}, retry: own,
     max_attempts: 10}
workers: {slots: 1000, speed: {lognormal: {median: 1, sigma: 0.5}}}
)");
  retry_policy slow;
  slow.kind = retry_kind::fixed;
  slow.base = milliseconds{60'000};
  slow.name = "slow";
  stage_run const one = run_of(s);
  stage_run const other = run_of(with_policy(s, slow));
  ASSERT_EQ(one.record.jobs().size(), other.record.jobs().size());
  for (std::size_t i = 0; i < one.record.jobs().size(); ++i) {
    job_outcome const& a = one.record.jobs()[i];
    job_outcome const& b = other.record.jobs()[i];
    EXPECT_EQ(a.created_at, b.created_at);
    EXPECT_EQ(a.executions, b.executions) << "the outcome of an attempt is drawn by its number";
    EXPECT_EQ(a.status, b.status);
  }
  EXPECT_GT(summarize(other).p95, summarize(one).p95 + std::chrono::seconds{50});
}

TEST(compare, the_table_has_a_column_for_each_policy) {
  std::vector<policy_run> runs;
  for (char const* const name : {"gentle", "hasty"})
    runs.push_back({name, report_of("jobs: [{type: mail, count: 3}]\n")});
  std::string const table = as_table(runs);
  EXPECT_THAT(table, testing::ContainsRegex("gentle +hasty\n"));
  EXPECT_THAT(table, testing::ContainsRegex("  jobs +3 +3\n"));
  EXPECT_THAT(table, HasSubstr("of successes only"));
  EXPECT_THAT(as_json(runs), HasSubstr(R"({"policy":"hasty","report":{"file":"s.yaml")"));
}

}  // namespace
}  // namespace retrylab
