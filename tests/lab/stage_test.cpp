// Scenarios played on the production actors.

#include "events/chain.hpp"
#include "events/store/archive_line.hpp"
#include "lab/lab_scenarios.hpp"
#include "lab/node_parts.hpp"
#include "lab/scenario_values.hpp"

#include <gmock/gmock.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

job_outcome const& job_of(stage_run const& run, std::uint64_t id) {
  return run.record.job(job_id{id});
}

TEST(stage, a_job_is_retried_as_its_policy_says) {
  scenario const s = scenario_of(R"(
jobs:
  - {type: mail, count: 1, payload: {fail_times: 3, duration_ms: 10}, max_attempts: 4,
     retry: {kind: exponential, base_ms: 1000, factor: 3, cap_ms: 5000, jitter: 0}}
)");
  stage_run const run = run_of(s);
  EXPECT_EQ(run.end, run_end::idle);
  EXPECT_EQ(job_of(run, 1).status, job_status::succeeded);
  EXPECT_EQ(job_of(run, 1).executions, 4);
  EXPECT_EQ(run.time, 4 * 10ms + 1s + 3s + 5s);
}

TEST(stage, attempts_that_begin_in_an_outage_fail_and_others_do_not) {
  scenario const s = scenario_of(R"(
duration: 1h
jobs:
  - {type: mail, rate: 1/s, to: 30s, max_attempts: 1, payload: {force: success, duration_ms: 0}}
  - {type: post, rate: 1/s, to: 30s, max_attempts: 1, payload: {force: success, duration_ms: 0}}
outages:
  - {from: 10s, to: 20s, type: mail, error: {type: Down, message: no}}
)");
  run_summary const f = summarize(run_of(s));
  EXPECT_EQ(f.jobs, 60U);
  EXPECT_EQ(f.dead_letters, (std::map<std::string, std::uint64_t>{{"Down", 10}}));
  EXPECT_EQ(f.succeeded, 50U);
}

TEST(stage, an_outage_may_take_the_retries_away) {
  scenario const s = scenario_of(R"(
jobs: [{type: mail, count: 1, max_attempts: 9}]
outages: [{to: 1s, error: {type: Gone, message: no, retryable: false}, duration: 20ms}]
)");
  stage_run const run = run_of(s);
  EXPECT_EQ(job_of(run, 1).executions, 1);
  EXPECT_EQ(job_of(run, 1).status, job_status::failed);
  EXPECT_EQ(run.time, 20ms);
}

TEST(stage, speed_and_slow_downs_change_how_long_attempts_take) {
  scenario const s = scenario_of(R"(
jobs: [{type: mail, count: 1, payload: {force: success, duration_ms: 1000}}]
workers: {slots: 1, speed: 4}
slow_downs: [{factor: 10}]
)");
  EXPECT_EQ(run_of(s).time, 2500ms);
}

TEST(stage, slots_queue_limits_and_pauses_hold_jobs_back) {
  std::string const jobs = R"(
jobs: [{type: mail, count: 4, payload: {force: success, duration_ms: 1000}}]
)";
  EXPECT_EQ(run_of(scenario_of(jobs)).time, 1s);
  EXPECT_EQ(run_of(scenario_of(jobs + "workers: {slots: 2}\n")).time, 2s);
  EXPECT_EQ(run_of(scenario_of(jobs + "queues: {default: {limit: 1}}\n")).time, 4s);
  EXPECT_EQ(run_of(scenario_of(jobs + "queues: {default: {pauses: [{to: 5s}]}}\n")).time, 6s);
  // A pause holds for a job that comes at its very instant.
  std::string const each_second =
      "jobs: [{type: mail, rate: 1/s, to: 4s, payload: {force: success, duration_ms: 0}}]\n";
  EXPECT_EQ(
      run_of(scenario_of(each_second + "queues: {default: {pauses: [{from: 3s, to: 9s}]}}\n")).time,
      9s);
  stage_run const never = run_of(scenario_of(jobs + "queues: {default: {pauses: [{}]}}\n"));
  EXPECT_EQ(never.end, run_end::duration);
  EXPECT_EQ(summarize(never).by_status[static_cast<std::size_t>(job_status::queued)], 4U);
}

TEST(stage, a_delayed_job_waits) {
  stage_run const run = run_of(scenario_of(
      "jobs: [{type: mail, count: 1, delay: 1h, payload: {force: success, duration_ms: 0}}]\n"));
  EXPECT_EQ(run.time, 1h);
  EXPECT_EQ(time_to_success(job_of(run, 1)), 0s) << "it counts from when it may run";
}

TEST(stage, a_hung_attempt_ends_at_its_timeout_here_and_at_a_worker) {
  for (char const* const workers : {"", "workers: [{slots: 1}]\n"}) {
    scenario const s = scenario_of(std::string{R"(
jobs:
  - {type: mail, count: 1, timeout: 2s, retry: {kind: fixed, base_ms: 0, jitter: 0},
     payload: {sequence: [timeout, success], duration_ms: 10}}
)"} + workers);
    stage_run const run = run_of(s);
    EXPECT_EQ(run.time, 2010ms) << workers;
    EXPECT_EQ(job_of(run, 1).executions, 2);
    EXPECT_EQ(run.record.error_type(job_of(run, 1)), "Timeout");
  }
}

TEST(stage, the_attempts_of_a_dead_worker_are_lost_with_its_lease_and_run_elsewhere) {
  scenario const s = scenario_of(R"(
lease: 30s
jobs: [{type: mail, count: 1, payload: {force: success, duration_ms: 10000}}]
workers: [{count: 1, slots: 1, deaths: {at: [5s], back_after: 1h}}, {name: late, slots: 1}]
)");
  stage_run const run = play(s, {.seed = 1, .watch = {job_id{1}}});
  EXPECT_EQ(job_of(run, 1).status, job_status::succeeded);
  std::string const line = as_text(run.timelines.at(job_id{1}), job_id{1});
  EXPECT_THAT(line, HasSubstr("attempt 1 by worker-1-1"));
  EXPECT_THAT(line, HasSubstr("worker_lost: WorkerLost"));
  EXPECT_THAT(line, HasSubstr("by late-1"));
  EXPECT_EQ(run.time, 5s + 30s + 10s);
}

TEST(stage, a_job_that_kills_three_workers_is_poison) {
  scenario const s = scenario_of(R"(
jobs: [{type: mail, count: 1, max_attempts: 25, payload: {sequence: [crash], duration_ms: 10}}]
workers: [{count: 4}]
)");
  stage_run const run = play(s, {.seed = 1, .watch = {job_id{1}}});
  EXPECT_EQ(job_of(run, 1).status, job_status::failed);
  EXPECT_EQ(job_of(run, 1).executions, 3);
  EXPECT_THAT(as_text(run.timelines.at(job_id{1}), job_id{1}), HasSubstr("poison"));
}

TEST(stage, no_job_is_lost_while_workers_die_again_and_again) {
  scenario const s = scenario_of(R"(
duration: 30d
lease: 10s
jobs: [{type: mail, rate: 1/s, to: 10m, max_attempts: 50, payload: {success_rate: 0.9}}]
workers: [{count: 5, slots: 2, deaths: {mean_between: 20s, back_after: 5s}}]
)");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    stage_run const run = run_of(s, seed);
    EXPECT_EQ(run.end, run_end::idle) << seed;
    EXPECT_EQ(run.record.unfinished(), 0U);
    EXPECT_EQ(run.record.jobs().size(), 600U);
  }
}

TEST(stage, more_jobs_than_there_are_actors_all_end) {
  scenario const s = scenario_of(R"(
jobs: [{type: mail, count: 21000, payload: {force: success, duration_ms: 1}}]
workers: {slots: 3000}
expect: [{all: succeeded}, {order: fifo}]
)");
  stage_run const run = run_of(s);
  EXPECT_EQ(run.end, run_end::idle);
  for (check_result const& c : evaluate(s, run)) EXPECT_TRUE(c.passed) << c.found;
}

TEST(stage, a_run_stops_at_its_limit_of_events_and_says_where) {
  lab_report const r =
      report_of("jobs: [{type: mail, rate: 1/s}]\nduration: 10h\n", {.events_most = 1000});
  EXPECT_EQ(r.end, run_end::events);
  EXPECT_FALSE(r.passed());
  EXPECT_THAT(r.stopped(), HasSubstr("stopped at 0 million events, 0:0"));
  EXPECT_THAT(r.stopped(), HasSubstr(" of 10:00:00.000"));
}

TEST(stage, somebody_may_end_a_run) {
  lab_report const r = report_of("jobs: [{type: mail, rate: 10/s}]\nduration: 10h\n",
                                 {.progress = [](stage_progress const&) { return false; }});
  EXPECT_EQ(r.end, run_end::interrupted);
  EXPECT_GT(r.events, 10'000U);
  EXPECT_LT(r.events, 40'000U);
}

TEST(stage, the_hash_is_that_of_the_events_of_the_trace_and_its_last_line_says_it) {
  std::string trace;
  lab_report const r = report_of("jobs: [{type: mail, rate: 1/s, to: 5m}]\n",
                                 {.trace = [&](std::string_view lines) { trace.append(lines); }});
  std::vector<stored_event> lines;
  std::string events;
  for (std::size_t at = 0; at < trace.size();) {
    std::size_t const end = trace.find('\n', at);
    auto event = parse_archive_line(std::string_view{trace}.substr(at, end - at));
    ASSERT_TRUE(event);
    if (event->seq != seq{}) events += trace.substr(at, end + 1 - at);
    lines.push_back(std::move(*event));
    at = end + 1;
  }
  ASSERT_EQ(lines.size(), r.events + 2);
  EXPECT_EQ(read_export_head(lines.front())->from, seq{1});
  for (std::uint64_t number = 1; number <= r.events; ++number)
    EXPECT_EQ(lines[number].seq.value, number);
  EXPECT_EQ(to_hex(sha256(events)), r.hash);
  EXPECT_EQ(*read_export_end(lines.back()),
            (export_end{seq{r.events}, lines[r.events].at, r.events, r.hash}));
}

// A bit of everything that is left to chance.
std::string const mixture = R"(
duration: 1h
jobs:
  - {type: mail, rate: 0.5/s, arrival: poisson, to: 20s, max_attempts: 4}
  - {type: post, count: 5, arrival: poisson, to: 20s, queue: b, priority: 9, delay: 1s}
workers:
  - {name: a, count: 2, speed: {lognormal: {median: 1, sigma: 0.5}},
     deaths: {mean_between: 20s, back_after: 2s}}
  - {name: b, queues: b, speed: {uniform: [0.5, 2]}}
lease: 3s
outages: [{from: 5s, to: 8s, type: mail}]
queues: {b: {limit: 1, pauses: [{from: 3s, to: 6s}]}}
)";

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t seeds = 40;  // a sanitizer makes each one some ten times as slow
#else
constexpr std::uint64_t seeds = 1000;
#endif

TEST(stage, the_same_seed_gives_the_same_trace_over_a_thousand_seeds) {
  scenario const s = scenario_of(mixture);
  std::set<std::string> different;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    std::string const first = run_of(s, seed).hash;
    ASSERT_EQ(first, run_of(s, seed).hash) << "seed " << seed;
    different.insert(first);
  }
  EXPECT_EQ(different.size(), seeds);
}

TEST(stage, this_trace_is_the_same_on_every_compiler) {
  scenario const s = scenario_of(mixture);
  // A change of what happens, or of how events are written, changes it: then take the new one.
  EXPECT_EQ(run_of(s, 7).hash, "1108a65fbafd9e4244f597e421dcfc60c3881d3d5c911dced3bbef14833c9a18");
}

}  // namespace
}  // namespace retrylab
