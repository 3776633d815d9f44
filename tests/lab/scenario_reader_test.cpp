// Scenario files: what they say, and what is said of wrong ones.

#include "lab/lab_scenarios.hpp"
#include "lab/scenario_values.hpp"

#include <gmock/gmock.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> wrong(std::string const& text) {
  std::vector<std::string> all;
  auto const read = read_scenario(text);
  if (read) return {"nothing is wrong"};
  for (scenario_error const& e : read.error()) all.push_back(describe(e, "f"));
  return all;
}

std::string const jobs = "jobs: [{type: mail, count: 1}]\n";

TEST(scenario_values, durations_are_numbers_with_units) {
  EXPECT_EQ(parse_duration("500ms"), 500ms);
  EXPECT_EQ(parse_duration("1h30m"), 90min);
  EXPECT_EQ(parse_duration("1.5s"), 1500ms);
  EXPECT_EQ(parse_duration("7d"), 168h);
  EXPECT_EQ(parse_duration("250us"), 250us);
  EXPECT_EQ(parse_duration("0"), 0us);
  for (char const* bad : {"", "5", "s", "5x", "-5s", "1h 30m", "1.s", "99999999999999d", "5ss"})
    EXPECT_EQ(parse_duration(bad), std::nullopt) << bad;
}

TEST(scenario_values, what_is_printed_is_read_again) {
  for (microseconds const t : {microseconds{1}, microseconds{999'999}, microseconds{1'000'000},
                               microseconds{5'400'000'000}, microseconds{90'061'000'001}})
    EXPECT_EQ(parse_duration(print_duration(t)), t) << print_duration(t);
  EXPECT_EQ(print_time(26h + 3min + 4s + 5ms), "26:03:04.005");
  EXPECT_EQ(print_time(microseconds{1}), "0:00:00.000001");
}

TEST(scenario_values, ranges_have_both_ends) {
  EXPECT_EQ(parse_count_range("7"), (count_range{7, 7}));
  EXPECT_EQ(parse_count_range("990..1000"), (count_range{990, 1000}));
  EXPECT_EQ(parse_count_range("..9"), (count_range{0, 9}));
  EXPECT_EQ(parse_count_range("5.."), (count_range{5, any_count}));
  EXPECT_EQ(parse_time_range("1s..2s"), (time_range{1s, 2s}));
  for (char const* bad : {"", "..", "9..5", "a..b", "1..2..3", "-1", "1.5"})
    EXPECT_EQ(parse_count_range(bad), std::nullopt) << bad;
}

TEST(scenario_values, rates_are_counts_in_a_unit_of_time) {
  EXPECT_EQ(parse_rate("12/s"), (arrival_rate{12'000, 1000s}));
  EXPECT_EQ(parse_rate("0.5/min"), (arrival_rate{500, 1000min}));
  for (char const* bad : {"12", "12/", "/s", "0/s", "12/us", "12/week", "1.0001/s"})
    EXPECT_EQ(parse_rate(bad), std::nullopt) << bad;
}

TEST(scenario_reader, every_part_of_a_file_arrives) {
  scenario const s = scenario_of(R"(
name: all of it
seed: 42
duration: 2h
lease: 5s
policies:
  gentle: {kind: linear, base_ms: 100, cap_ms: 5000, jitter: 0.25}
jobs:
  - name: a
    type: mail
    queue: slow
    count: 10
    arrival: evenly
    from: 10m
    to: 1h
    payload: {fail_times: 2, duration_ms: 30, note: "007"}
    max_attempts: 7
    retry: gentle
    priority: 9
    delay: 5s
    tags: [x, y]
    timeout: 2s
  - {type: report, rate: 3/s, arrival: poisson, retry: {kind: fixed, base_ms: 10}}
workers:
  - {name: w, count: 2, slots: 3, queues: slow, speed: {uniform: [0.5, 2]},
     deaths: {at: [20m, 10m], mean_between: 1h, back_after: 1m}}
  - {speed: {lognormal: {median: 2, sigma: 0.5}}}
outages:
  - {from: 1m, to: 2m, type: mail, error: {type: T, message: M, retryable: false}, duration: 1ms}
slow_downs:
  - {group: report, factor: 2.5}
queues:
  slow: {limit: 4, pauses: [{from: 1m, to: 2m, reason: deploy}]}
expect:
  - {all: succeeded, type: mail}
  - {time_to_success: {p50: 1s, max: 1h}}
)");
  EXPECT_EQ(s.seed, 42U);
  EXPECT_EQ(s.duration, 2h);
  EXPECT_EQ(s.lease, 5s);
  EXPECT_EQ(s.policies.at("gentle").jitter_ppm, 250'000U);
  job_group const& a = s.jobs.at(0);
  EXPECT_EQ(a.spec.payload.text, R"({"fail_times":2,"duration_ms":30,"note":"007"})");
  EXPECT_EQ(a.spec.max_attempts, 7U);
  EXPECT_EQ(a.policy, "gentle");
  EXPECT_EQ(a.spec.priority, 9U);
  EXPECT_EQ(a.delay, 5s);
  EXPECT_THAT(a.spec.tags, ElementsAre("x", "y"));
  EXPECT_EQ(a.spec.timeout, 2000ms);
  EXPECT_EQ(a.arrival, arrival_kind::constant);
  EXPECT_EQ(a.time, (window{10min, 1h}));
  EXPECT_EQ(s.jobs.at(1).spec.retry.kind, retry_kind::fixed);
  EXPECT_EQ(s.jobs.at(1).arrival, arrival_kind::poisson);
  auto const& pools = std::get<std::vector<worker_pool>>(s.workers);
  EXPECT_EQ(pools.at(0).count, 2U);
  EXPECT_THAT(pools.at(0).deaths_at, ElementsAre(10min, 20min));
  EXPECT_EQ(pools.at(0).mean_between_deaths, 1h);
  EXPECT_THAT(pools.at(1).queues, ElementsAre("slow", "default")) << "all there are";
  EXPECT_EQ(std::get<lognormal_speed>(pools.at(1).pace).sigma_milli, 500U);
  EXPECT_EQ(s.outages.at(0).error.message, "M");
  EXPECT_FALSE(s.outages.at(0).retryable);
  EXPECT_EQ(s.outages.at(0).takes, 1ms);
  EXPECT_EQ(s.slow_downs.at(0).factor_milli, 2500U);
  EXPECT_EQ(s.queues.at("slow").limit, 4U);
  EXPECT_EQ(s.queues.at("slow").pauses.at(0).reason, "deploy");
  ASSERT_EQ(s.checks.size(), 3U);
  EXPECT_EQ(s.checks[0].scope.type, "mail");
  EXPECT_EQ(std::get<success_time>(s.checks[2].expects).ten_thousandths, 10'000U);
}

TEST(scenario_reader, every_complaint_names_its_line_and_field) {
  EXPECT_THAT(wrong("jobs:\n  - type: mail\n    count: lots\n"),
              ElementsAre("f:3: jobs[0].count must be a whole number from 1 to 5000000"));
  EXPECT_THAT(wrong("seed: -1\n" + jobs),
              ElementsAre(HasSubstr("f:1: seed must be a whole number from 0 to")));
  EXPECT_THAT(wrong("duration: 5\n" + jobs),
              ElementsAre(HasSubstr("f:1: duration must be a duration, as in 500ms")));
  EXPECT_THAT(wrong("duration: 400d\n" + jobs), ElementsAre("f:1: duration must be at most 366d"));
  EXPECT_THAT(wrong("sede: 1\n" + jobs), ElementsAre("f:1: sede is not known"));
  EXPECT_THAT(wrong("seed: 1\nseed: 2\n" + jobs), ElementsAre("f:2: \"seed\" is there twice"));
  EXPECT_THAT(wrong("jobs: []\n"), ElementsAre("f:1: jobs must have at least one entry"));
  EXPECT_THAT(wrong("jobs: [{count: 1}]\n"), ElementsAre("f:1: jobs[0].type is required"));
  EXPECT_THAT(wrong("- a\n"), ElementsAre("f:1: must be a map of names and values"));
  EXPECT_THAT(wrong("a: [\n"), ElementsAre(HasSubstr("is not YAML")));
  EXPECT_THAT(wrong("a: 1\n---\nb: 1\n"), ElementsAre(HasSubstr("more than one document")));
  EXPECT_THAT(wrong("jobs: [7]\n"),
              testing::Contains("f:1: jobs[0] must be a map of names and values"));
}

TEST(scenario_reader, wrong_jobs_are_refused) {
  auto const job = [](std::string const& fields) {
    return wrong("jobs:\n  - {type: mail, " + fields + "}\n");
  };
  EXPECT_THAT(job("count: 1, rate: 1/s"), ElementsAre(HasSubstr("jobs[0].count or rate")));
  EXPECT_THAT(job("max_attempts: 3"), ElementsAre(HasSubstr("jobs[0].count or rate")));
  EXPECT_THAT(job("rate: fast"), ElementsAre(HasSubstr("jobs[0].rate must be as in 12/s")));
  EXPECT_THAT(job("rate: 1/s, arrival: all_at_once"), ElementsAre(HasSubstr("arrival")));
  EXPECT_THAT(job("count: 1, arrival: never"), ElementsAre(HasSubstr("jobs[0].arrival must be")));
  EXPECT_THAT(job("count: 1, from: 2h, to: 1h"), ElementsAre(HasSubstr("later than from")));
  EXPECT_THAT(job("count: 1, to: 25h"), ElementsAre(HasSubstr("jobs[0].to must be at most 1d")));
  EXPECT_THAT(job("count: 1, max_attempts: 101"), ElementsAre(HasSubstr("max_attempts")));
  EXPECT_THAT(job("count: 1, priority: 10"), ElementsAre(HasSubstr("jobs[0].priority")));
  EXPECT_THAT(job("count: 1, queue: 'a b'"), ElementsAre(HasSubstr("jobs[0].queue")));
  EXPECT_THAT(job("count: 1, timeout: 0"), ElementsAre(HasSubstr("jobs[0].timeout")));
  EXPECT_THAT(job("count: 1, payload: [1]"), ElementsAre(HasSubstr("payload must be a map")));
  EXPECT_THAT(job("count: 1, payload: {fail_times: x}"),
              ElementsAre(HasSubstr("f:2: jobs[0].payload.fail_times must be an integer")));
  EXPECT_THAT(job("count: 1, payload: {sequence: [boom]}"),
              ElementsAre(HasSubstr("jobs[0].payload.sequence has \"boom\"")));
  EXPECT_THAT(job("count: 1, retry: gone"), ElementsAre(HasSubstr("no policies.gone")));
  EXPECT_THAT(job("count: 1, retry: {base_ms: -1}"),
              ElementsAre(HasSubstr("f:2: jobs[0].retry.base_ms must be")));
  EXPECT_THAT(job("count: 1, retry: {kinds: fixed}"),
              ElementsAre(HasSubstr("jobs[0].retry.kinds")));
  EXPECT_THAT(job("rate: 1000000/s"), ElementsAre(HasSubstr("are more than 5,000,000 in all")));
  EXPECT_THAT(wrong("jobs:\n- {type: a, count: 1}\n- {type: a, count: 1}\n"),
              ElementsAre(HasSubstr("f:3: jobs[1].name \"a\" is there twice")));
}

TEST(scenario_reader, wrong_workers_queues_and_windows_are_refused) {
  EXPECT_THAT(wrong(jobs + "workers: {slots: 0}\n"), ElementsAre(HasSubstr("f:2: workers.slots")));
  EXPECT_THAT(wrong(jobs + "workers: {count: 2}\n"),
              ElementsAre(HasSubstr("workers.count is for worker processes")));
  EXPECT_THAT(wrong(jobs + "workers: {speed: fast}\n"), ElementsAre(HasSubstr("workers.speed")));
  EXPECT_THAT(wrong(jobs + "workers: {speed: {gauss: 1}}\n"),
              ElementsAre(HasSubstr("workers.speed must be a number, {uniform")));
  EXPECT_THAT(wrong(jobs + "workers: {speed: {uniform: [2, 1]}}\n"),
              ElementsAre(HasSubstr("workers.speed.uniform must be [LOW, HIGH]")));
  EXPECT_THAT(wrong(jobs + "workers: [{deaths: {}}]\n"),
              ElementsAre(HasSubstr("workers[0].deaths.at or mean_between")));
  EXPECT_THAT(wrong(jobs + "workers: [{count: 1000, slots: 1000}]\n"),
              ElementsAre(HasSubstr("more than 100000 slots")));
  EXPECT_THAT(wrong(jobs + "outages: [{type: post}]\n"),
              ElementsAre("f:2: outages[0].type fits no entry of jobs"));
  EXPECT_THAT(wrong(jobs + "outages: [{error: {kind: x}}]\n"),
              ElementsAre("f:2: outages[0].error.kind is not known"));
  EXPECT_THAT(wrong(jobs + "slow_downs: [{type: mail}]\n"),
              ElementsAre(HasSubstr("slow_downs[0].factor is required")));
  EXPECT_THAT(wrong(jobs + "queues: {default: {limit: none}}\n"),
              ElementsAre(HasSubstr("queues.default.limit must be a whole number")));
  EXPECT_THAT(wrong(jobs + "queues: {default: {pauses: [{to: 3x}]}}\n"),
              ElementsAre(HasSubstr("queues.default.pauses[0].to must be a duration")));
}

TEST(scenario_reader, wrong_expectations_are_refused) {
  auto const expects = [](std::string const& entry) {
    return wrong(jobs + "expect:\n  - {" + entry + "}\n");
  };
  EXPECT_THAT(expects("type: mail"), ElementsAre(HasSubstr("says nothing to check")));
  EXPECT_THAT(expects("succeeded: most"),
              ElementsAre(HasSubstr("f:3: expect[0].succeeded must be a number or a range")));
  EXPECT_THAT(expects("all: happy"), ElementsAre(HasSubstr("expect[0].all must be a status")));
  EXPECT_THAT(expects("time_to_success: {p12: 1s}"),
              ElementsAre("f:3: expect[0].time_to_success.p12 is not known"));
  EXPECT_THAT(expects("gaps: [soon]"), ElementsAre(HasSubstr("expect[0].gaps must be durations")));
  EXPECT_THAT(expects("order: random"), ElementsAre(HasSubstr("must be fifo or priority")));
  EXPECT_THAT(expects("peak_attempts_per_second: 5..9"), ElementsAre(HasSubstr("the most that")));
  EXPECT_THAT(expects("dead_letters: {T: many}"),
              ElementsAre(HasSubstr("expect[0].dead_letters.T must be a number")));
  EXPECT_THAT(expects("all: succeeded, group: other"),
              ElementsAre(HasSubstr("expect[0].group fits no entry of jobs")));
}

TEST(scenario_reader, aliases_cannot_make_a_small_file_large) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    std::string const before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) text += before + (k < 9 ? ", " : "]\n");
  }
  EXPECT_THAT(wrong(text), ElementsAre(HasSubstr("has too many values")));
  EXPECT_THAT(wrong("a: " + std::string(5000, '[')), ElementsAre(HasSubstr("is not YAML")));
}

TEST(scenario_reader, a_policy_file_is_one_policy) {
  auto const read = read_policy_file("kind: fixed\nbase_ms: 50\n", "quick");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "quick");
  EXPECT_EQ(read->base, 50ms);
  auto const bad = read_policy_file("kind: fixed\nbase: 50\n", "quick");
  ASSERT_FALSE(bad);
  EXPECT_THAT(describe(bad.error().at(0), "p"), HasSubstr("p:2: policy.base"));
}

}  // namespace
}  // namespace retrylab
