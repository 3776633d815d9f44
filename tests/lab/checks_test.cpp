// Expectations: each kind holds where it should, and fails where it should, with a job that shows
// it.

#include "lab/lab_scenarios.hpp"
#include "lab/node_parts.hpp"
#include "lab/start_orders.hpp"

#include <gmock/gmock.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// Ten jobs that succeed after 1 s, and two that fail for good after three attempts, 1 s apart.
std::string const twelve = R"(
jobs:
  - {type: good, count: 10, payload: {force: success, duration_ms: 1000}}
  - {type: bad, count: 2, queue: other, payload: {force: fail, duration_ms: 0},
     retry: {kind: fixed, base_ms: 1000, jitter: 0}}
expect:
  - {)";

told_check checked(std::string const& expectation) {
  lab_report const r = report_of(twelve + expectation + "}\n");
  EXPECT_EQ(r.checks.size(), 1U);
  return r.checks.at(0);
}

void expect_holds(std::string const& expectation) {
  told_check const c = checked(expectation);
  EXPECT_TRUE(c.result.passed) << expectation << ": " << c.result.found;
  EXPECT_FALSE(c.result.shown);
}

void expect_fails(std::string const& expectation, std::string const& found, std::uint64_t job) {
  told_check const c = checked(expectation);
  EXPECT_FALSE(c.result.passed) << expectation;
  EXPECT_THAT(c.result.found, HasSubstr(found)) << expectation;
  ASSERT_TRUE(c.result.shown) << expectation;
  EXPECT_EQ(c.result.shown->value, job) << expectation;
  EXPECT_THAT(c.timeline, HasSubstr("job " + std::to_string(job) + "\n"));
  EXPECT_THAT(c.timeline, HasSubstr("Created"));
}

TEST(checks, statuses) {
  expect_holds("all: succeeded, type: good");
  expect_fails("all: succeeded", "10 of 12 jobs", 11);
  expect_holds("succeeded: 10");
  expect_holds("succeeded: 5..10");
  expect_fails("succeeded: 11..", "10", 11);
  expect_fails("failed: 0", "2", 11);
  expect_holds("failed: 0, type: good");
  expect_holds("failed: 2, queue: other");
}

TEST(checks, dead_letters_by_the_type_of_their_error) {
  expect_holds("dead_letters: {ForcedFailure: 2}");
  expect_holds("dead_letters: {Other: 0}");
  expect_fails("dead_letters: {ForcedFailure: ..1}", "2", 11);
  expect_fails("dead_letters: {Other: 1..}", "0", 1);
}

TEST(checks, attempts) {
  expect_holds("attempts_per_job: 1..3");
  expect_fails("attempts_per_job: ..2", "2 jobs had others; job 11 had 3", 11);
  expect_holds("peak_attempts_per_second: 12");
  expect_fails("peak_attempts_per_second: ..11", "12 at 0:00:00.000", 12);
  expect_holds("peak_attempts_per_second: 2, type: bad");
  expect_fails("peak_attempts_per_second: 1, type: bad", "2", 12);
}

TEST(checks, unfinished_jobs) {
  expect_holds("peak_unfinished: 12");
  expect_fails("peak_unfinished: 9, type: good", "10", 10);
}

TEST(checks, time_to_success_counts_successes_only) {
  expect_holds("time_to_success: {p50: 1s}");
  expect_holds("time_to_success: {max: 1s}");
  expect_fails("time_to_success: {p99: 999ms}", "1s of 10 jobs that succeeded", 10);
  expect_fails("time_to_success: {p50: 1h}, type: bad", "no job succeeded", 11);
}

TEST(checks, gaps_between_attempts) {
  expect_holds("gaps: [1s, 900ms..1100ms], type: bad");
  expect_holds("gaps: [1s], type: bad, job: 2");
  expect_fails("gaps: [1s, 2s], type: bad", "gap 2 of job 11 was 1s", 11);
  expect_fails("gaps: [1s, 1s, 1s], type: bad, job: 2", "2 of 2 as expected, 1 never came", 12);
}

TEST(checks, idle_by) {
  expect_holds("idle_by: 2s");
  expect_fails("idle_by: 1900ms", "the last one ended at 0:00:02.000", 12);
  lab_report const open =
      report_of("duration: 1m\njobs: [{type: a, count: 1, delay: 1h}]\nexpect: [{idle_by: 30s}]\n");
  EXPECT_THAT(open.checks.at(0).result.found, HasSubstr("1 job had not ended at 0:01:00.000"));
}

TEST(checks, jobs_begin_in_the_order_in_which_they_came_and_by_priority) {
  std::string const jobs = R"(
jobs:
  - {name: low, type: a, count: 6, priority: 1, payload: {duration_ms: 100}}
  - {name: high, type: a, rate: 5/s, to: 1s, priority: 8, payload: {duration_ms: 100}}
workers: {slots: 1}
expect: [{order: fifo}, {order: priority}]
)";
  for (told_check const& c : report_of(jobs).checks) EXPECT_TRUE(c.result.passed) << c.result.found;
}

class orders : public testing::Test {
 protected:
  scenario s = scenario_of(R"(
jobs:
  - {name: low, type: a, count: 2, priority: 1}
  - {name: high, type: a, count: 1, priority: 8}
)");
  run_record record{s};
  std::uint64_t last = 0;

  void create(std::size_t group, microseconds at) { record.expect_job(group, beginning + at, 0s); }
  void start(std::uint64_t job, microseconds at) {
    stored_event e{seq{++last}, job_id{job}, 2, 1, "Attempted", beginning + at, "{}"};
    e.known = std::make_shared<job_event const>(attempted{1, "w", {}});
    record.see(e);
  }
  std::optional<out_of_order> out_of_turn() {
    return first_out_of_turn(record, s.jobs, groups_in({}, s));
  }
  std::optional<out_of_order> before_a_higher() {
    return first_before_a_higher(record, s.jobs, groups_in({}, s));
  }
};

TEST_F(orders, a_job_that_overtakes_is_found) {
  create(0, 0s);
  create(0, 0s);
  start(2, 1s);
  EXPECT_EQ(out_of_turn()->early, job_id{2}) << "the other one never began";
  start(1, 2s);
  EXPECT_EQ(out_of_turn()->late, job_id{1});
}

TEST_F(orders, a_job_that_begins_while_a_higher_one_waits_is_found) {
  create(0, 0s);
  create(1, 1s);
  create(0, 2s);
  start(1, 1s);
  EXPECT_FALSE(before_a_higher()) << "at that very instant";
  start(3, 3s);
  start(2, 4s);
  ASSERT_TRUE(before_a_higher());
  EXPECT_EQ(before_a_higher()->early, job_id{3});
  EXPECT_EQ(before_a_higher()->late, job_id{2});
}

TEST(checks, a_failure_is_told_with_its_timeline_and_the_command_that_shows_it_again) {
  lab_report const r = report_of(twelve + "failed: 0}\n");
  std::string const text = as_text(r);
  EXPECT_THAT(text, HasSubstr("FAIL  line 7: 0 failed: 2"));
  EXPECT_THAT(text, HasSubstr("attempt 3, error: ForcedFailure: Forced failure"));
  EXPECT_THAT(text, HasSubstr("replay: retrylab lab run s.yaml --seed 1 --job 11\n"));
  lab_report const again = report_of(twelve + "failed: 0}\n", {.seed = 1, .job = job_id{11}});
  EXPECT_EQ(again.timeline, r.checks.at(0).timeline);
  EXPECT_EQ(again.hash, r.hash);
}

TEST(checks, a_job_that_is_not_there_is_said_so) {
  lab_report const r = report_of(twelve + "failed: 2}\n", {.job = job_id{13}});
  EXPECT_EQ(r.timeline, "there is no job 13: the run has 12");
}

}  // namespace
}  // namespace retrylab
