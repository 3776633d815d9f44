// The charts of a run: at most so many slots, and nothing is lost when they are put together.

#include "events/core/limits.hpp"
#include "lab/lab_scenarios.hpp"

#include <numeric>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

std::uint64_t sum(run_series const& series, std::uint64_t series_slot::* of) {
  return std::accumulate(series.slots().begin(), series.slots().end(), std::uint64_t{0},
                         [&](std::uint64_t n, series_slot const& s) { return n + s.*of; });
}

TEST(run_series, widens_its_slots_with_the_time_and_loses_nothing) {
  run_series series;
  std::uint64_t count = 0;
  for (microseconds t{0}; t < 48h; t += 7s, ++count) {
    series.created(t);
    series.attempted(t);
    series.ended(t, count % 2 == 0);
  }
  EXPECT_LE(series.slots().size(), limits::lab_series_points);
  EXPECT_GT(series.slots().size(), limits::lab_series_points / 2);
  EXPECT_EQ(sum(series, &series_slot::created), count);
  EXPECT_EQ(sum(series, &series_slot::attempts), count);
  EXPECT_EQ(sum(series, &series_slot::succeeded), (count + 1) / 2);
  auto const reached = static_cast<std::int64_t>(series.slots().size()) * series.width();
  EXPECT_GE(reached, 48h - 7s);
}

TEST(run_series, is_told_as_rates_levels_and_shares) {
  run_series series;
  series.created(microseconds{130'000});
  series.created(microseconds{140'000});
  series.attempted(microseconds{140'000});
  series.ended(microseconds{300'000}, true);
  series.reach(500ms);
  std::string out;
  append(out, series);
  EXPECT_EQ(out, R"({"width_us":125000,"attempts_per_second":[0.000,8.000,0.000,0.000],)"
                 R"("created_per_second":[0.000,16.000,0.000,0.000],"unfinished":[0,2,1,1],)"
                 R"("succeeded_share":[null,0.00000,0.50000,0.50000]})");
}

TEST(run_series, of_a_run_counts_what_the_run_did) {
  stage_run const run = run_of(scenario_of(R"(
duration: 30d
jobs: [{type: mail, rate: 10/h, payload: {success_rate: 0.5}, max_attempts: 2}]
)"));
  run_series const& series = run.record.series();
  EXPECT_EQ(sum(series, &series_slot::created), run.record.jobs().size());
  EXPECT_EQ(sum(series, &series_slot::attempts), run.record.attempts());
  EXPECT_EQ(sum(series, &series_slot::succeeded), summarize(run).succeeded);
}

TEST(calm, is_when_no_more_jobs_are_unfinished_than_before_the_outage) {
  auto const calm_of = [](char const* outages) {
    return summarize(run_of(scenario_of(std::string{R"(
duration: 1h
jobs: [{type: mail, rate: 1/s, to: 5m, payload: {force: success, duration_ms: 100}, max_attempts: 50,
        retry: {kind: fixed, base_ms: 20000, jitter: 0}}]
)"} + outages)))
        .calm_after;
  };
  EXPECT_EQ(calm_of(""), std::nullopt);
  auto const after = calm_of("outages: [{from: 1m, to: 2m, error: {type: Down, message: no}}]");
  ASSERT_TRUE(after);
  EXPECT_GE(*after, 19s);
  EXPECT_LE(*after, 21s);
  auto const at_once =
      calm_of("outages: [{from: 1m, to: 2m, error: {type: Down, message: no, retryable: false}}]");
  EXPECT_EQ(at_once, 0s) << "all that failed was given up";
}

}  // namespace
}  // namespace retrylab
