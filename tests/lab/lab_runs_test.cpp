// The runs that a server plays: one at a time, stopped, looked at, forgotten.

#include "lab/lab_runs.hpp"

#include "events/core/limits.hpp"
#include "lab/lab_scenarios.hpp"

#include <future>
#include <gmock/gmock.h>

namespace retrylab {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char const* outage = R"(
name: an outage
duration: 1h
jobs:
  - {type: mail, rate: 2/s, to: 1m, payload: {force: success, duration_ms: 10}, max_attempts: 8}
outages: [{from: 20s, to: 30s, error: {type: Down, message: no}, duration: 1ms}]
expect: [{all: succeeded}, {attempts_per_job: 1}]
)";
// A million events an hour of virtual time, for a year.
constexpr char const* endless = R"(
name: endless
duration: 366d
jobs: [{type: mail, count: 100000, payload: {force: fail, duration_ms: 1}, max_attempts: 100,
        retry: {kind: fixed, base_ms: 1000, jitter: 0}}]
)";

lab_order order_of(char const* text) {
  lab_order order;
  order.text = text;
  order.plan = scenario_of(text);
  return order;
}

lab_runs_options quickly(std::uint64_t events_most = 0) {
  return {[] { return microseconds{0}; }, events_most};
}

// What a client does: asks again until it is so.
template <class Condition>
lab_run_view when(lab_runs& runs, std::uint64_t id, Condition condition) {
  for (;;) {
    auto const run = runs.find(id);
    if (!run || condition(*run)) return run.value_or(lab_run_view{});
    std::this_thread::yield();
  }
}

lab_run_view ended(lab_runs& runs, std::uint64_t id) {
  return when(runs, id, [](lab_run_view const& run) { return has_ended(run.status); });
}

bool is_running(lab_run_view const& run) {
  return run.status == lab_run_status::running && run.progress.at.events > 0;
}

lab_look look_at(lab_runs& runs, std::uint64_t id, std::uint64_t job) {
  auto promise = std::make_shared<std::promise<lab_look>>();
  auto found = promise->get_future();
  runs.look(id, job_id{job}, [promise](lab_look look) { promise->set_value(std::move(look)); });
  return found.get();
}

TEST(lab_runs, a_run_tells_what_the_command_would_and_names_the_same_trace) {
  lab_runs runs{quickly()};
  auto const started = runs.start(order_of(outage), timestamp{});
  ASSERT_TRUE(started);
  EXPECT_EQ(started->status, lab_run_status::queued);
  lab_run_view const run = ended(runs, started->id);
  EXPECT_EQ(run.status, lab_run_status::finished);
  EXPECT_FALSE(run.partial);
  EXPECT_EQ(run.passed, false);
  lab_report const alone = report_of(outage);
  EXPECT_THAT(*run.sides, HasSubstr(alone.hash));
  EXPECT_THAT(*run.sides,
              HasSubstr(R"("replay":"retrylab lab run scenario.yaml --seed 1 --job 41")"));
  EXPECT_EQ(run.job, job_id{41}) << "the first that the outage met";
  EXPECT_THAT(*run.sides, HasSubstr("RetryScheduled  in ")) << "its timeline";
}

TEST(lab_runs, two_policies_meet_the_same_arrivals) {
  lab_runs runs{quickly()};
  lab_order order = order_of(outage);
  order.b = policy_choice{"", retry_policy{retry_kind::fixed}};
  order.b->policy->base = std::chrono::seconds{1};
  order.b->policy->name = "hasty";
  auto const started = runs.start(order, timestamp{});
  lab_run_view const run = ended(runs, started->id);
  std::string whole;
  append_whole(whole, run);
  EXPECT_THAT(whole, HasSubstr(R"("b":{"name":"hasty","policy":{"name":"hasty","kind":"fixed")"));
  EXPECT_THAT(whole, HasSubstr(R"({"side":"b","series":{"width_us":125000,)"));
  lab_report const hasty = run_scenario("s.yaml", with_choice(order.plan, *order.b), {});
  EXPECT_THAT(*run.sides, HasSubstr(report_of(outage).hash));
  EXPECT_THAT(*run.sides, HasSubstr(hasty.hash));
  lab_look const look = look_at(runs, run.id, 45);
  ASSERT_TRUE(look);
  EXPECT_THAT(
      **look,
      HasSubstr(R"({"job":45,"sides":[{"side":"a","events":[{"at_us":22000000,"type":"Created")"));
  EXPECT_THAT(**look, HasSubstr("by hasty"));
}

TEST(lab_runs, a_job_is_found_in_a_run_that_has_ended_and_nowhere_else) {
  lab_runs runs{quickly()};
  auto const first = runs.start(order_of(outage), timestamp{});
  lab_run_view const run = ended(runs, first->id);
  EXPECT_EQ(look_at(runs, 77, 1).error(), lab_look_error::no_run);
  EXPECT_EQ(look_at(runs, run.id, 121).error(), lab_look_error::no_job);
  auto const second = runs.start(order_of(endless), timestamp{});
  static_cast<void>(when(runs, second->id, is_running));
  EXPECT_EQ(look_at(runs, second->id, 1).error(), lab_look_error::not_yet);
  EXPECT_EQ(look_at(runs, run.id, 100).error(), lab_look_error::busy);
  EXPECT_TRUE(look_at(runs, run.id, 41)) << "known since the run";
}

TEST(lab_runs, a_run_that_is_stopped_keeps_what_it_has) {
  lab_runs runs{quickly()};
  auto const started = runs.start(order_of(endless), timestamp{});
  static_cast<void>(when(runs, started->id, is_running));
  auto const waiting = runs.start(order_of(outage), timestamp{});
  EXPECT_EQ(runs.stop(99).error(), lab_stop_error::no_run);
  EXPECT_EQ(runs.stop(waiting->id)->status, lab_run_status::stopped) << "it had not begun";
  EXPECT_TRUE(runs.stop(started->id)->stopping);
  lab_run_view const run = ended(runs, started->id);
  EXPECT_EQ(run.status, lab_run_status::stopped);
  EXPECT_TRUE(run.partial);
  EXPECT_EQ(run.passed, false);
  EXPECT_THAT(*run.sides, HasSubstr(R"("end":"interrupted")"));
  EXPECT_EQ(runs.stop(started->id).error(), lab_stop_error::ended);
}

TEST(lab_runs, a_run_ends_at_so_many_events_of_a_side_and_says_so) {
  lab_runs runs{quickly(20'000)};
  lab_order order = order_of(endless);
  order.b = policy_choice{as_written};
  auto const started = runs.start(std::move(order), timestamp{});
  lab_run_view const run = ended(runs, started->id);
  EXPECT_EQ(run.status, lab_run_status::finished);
  EXPECT_TRUE(run.partial);
  EXPECT_THAT(*run.sides, HasSubstr(R"("end":"events","stopped":"stopped at )"));
  EXPECT_THAT(*run.sides, HasSubstr(R"({"side":"b")")) << "each side has its own bound";
}

TEST(lab_runs, few_wait_and_the_oldest_are_forgotten) {
  lab_runs runs{quickly()};
  auto const first = runs.start(order_of(endless), timestamp{});
  static_cast<void>(when(runs, first->id, is_running));
  for (std::size_t i = 0; i < limits::lab_runs_waiting; ++i)
    ASSERT_TRUE(runs.start(order_of(outage), timestamp{}));
  EXPECT_FALSE(runs.start(order_of(outage), timestamp{}));
  ASSERT_TRUE(runs.stop(first->id));
  std::uint64_t last = first->id + limits::lab_runs_waiting;
  static_cast<void>(ended(runs, last));
  for (std::size_t i = 0; i < limits::lab_runs_kept; ++i) {
    last = runs.start(order_of("jobs: [{type: mail, count: 1}]"), timestamp{})->id;
    static_cast<void>(ended(runs, last));
  }
  EXPECT_FALSE(runs.find(first->id));
  std::vector<lab_run_view> const all = runs.list();
  EXPECT_EQ(all.size(), limits::lab_runs_kept);
  EXPECT_EQ(all.front().id, last) << "the newest first";
}

TEST(lab_runs, ends_at_once_when_the_server_stops) {
  lab_runs runs{quickly()};
  auto const started = runs.start(order_of(endless), timestamp{});
  static_cast<void>(when(runs, started->id, is_running));
  runs.stop();
  EXPECT_EQ(runs.find(started->id)->status, lab_run_status::stopped);
  EXPECT_FALSE(runs.start(order_of(outage), timestamp{}));
}

TEST(lab_runs, a_choice_of_policies_is_for_all_jobs) {
  scenario const s = scenario_of(R"(
policies: {calm: {kind: fixed, base_ms: 9000, jitter: 0}}
jobs:
  - {type: mail, count: 1, payload: {fail_times: 1, duration_ms: 0}, retry: {kind: fixed, base_ms: 1, jitter: 0}}
)");
  EXPECT_EQ(run_of(with_choice(s, {as_written})).time, microseconds{1000});
  EXPECT_EQ(run_of(with_choice(s, {"calm"})).time, std::chrono::seconds{9});
}

}  // namespace
}  // namespace retrylab
