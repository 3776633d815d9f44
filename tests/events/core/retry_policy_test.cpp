#include "events/core/retry_policy.hpp"

#include "events/core/entropy.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

retry_policy policy(retry_kind kind) {
  retry_policy p;
  p.kind = kind;
  return p;
}

TEST(retry_policy, exponential_doubles_up_to_the_cap) {
  retry_policy const p = policy(retry_kind::exponential);
  std::vector<microseconds> delays;
  for (attempt_number n = 1; n <= 9; ++n) delays.push_back(base_delay(p, n));
  EXPECT_EQ(delays, (std::vector<microseconds>{500ms, 1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}));
}

TEST(retry_policy, a_fractional_factor_is_exact_in_microseconds) {
  retry_policy p = policy(retry_kind::exponential);
  p.factor_milli = 1500;
  EXPECT_EQ(base_delay(p, 2), 750ms);
  EXPECT_EQ(base_delay(p, 4), 1687500us);
}

TEST(retry_policy, linear_grows_by_its_base_and_fixed_does_not_grow) {
  EXPECT_EQ(base_delay(policy(retry_kind::linear), 3), 1500ms);
  EXPECT_EQ(base_delay(policy(retry_kind::linear), 1000), 60s);
  EXPECT_EQ(base_delay(policy(retry_kind::fixed), 50), 500ms);
}

TEST(retry_policy, a_base_above_the_cap_is_the_cap) {
  retry_policy p = policy(retry_kind::fixed);
  p.base = 2min;
  EXPECT_EQ(base_delay(p, 1), 60s);
}

TEST(retry_policy, the_hundredth_attempt_does_not_overflow) {
  retry_policy p = policy(retry_kind::exponential);
  p.cap = 24h * 365;
  p.factor_milli = 100'000;
  EXPECT_EQ(base_delay(p, 100), 24h * 365);
}

TEST(retry_policy, jitter_only_adds_and_reaches_both_ends) {
  retry_policy p = policy(retry_kind::fixed);
  p.base = 1ms;
  EXPECT_EQ(delay_after(p, 1, 0), 1000us);
  EXPECT_EQ(delay_after(p, 1, 100), 1100us);
  for (std::uint64_t i = 0; i < 1000; ++i) {
    microseconds const d = delay_after(p, 1, mix(i));
    EXPECT_TRUE(d >= 1000us && d <= 1100us) << d.count();
  }
}

TEST(retry_policy, jobs_that_fail_together_are_spread_out) {
  retry_policy p = policy(retry_kind::fixed);
  p.base = 10s;
  std::array<int, 10> buckets{};
  for (std::uint64_t job = 1; job <= 10'000; ++job) {
    microseconds const extra =
        delay_after(p, 1, draw(draw_for::jitter, 1, job_id{job}, 1, 1)) - 10s;
    ++buckets.at(static_cast<std::size_t>(std::min<std::int64_t>(extra.count() / 100'000, 9)));
  }
  for (int n : buckets) EXPECT_LT(n, 2000);
}

TEST(retry_policy, faktory_waits_the_fourth_power_of_the_retries_made) {
  EXPECT_EQ(faktory_backoff(0, 0), 15s);
  EXPECT_EQ(faktory_backoff(0, 29), 44s);
  EXPECT_EQ(faktory_backoff(0, 30), 15s);
  EXPECT_EQ(faktory_backoff(3, 7), 81s + 15s + 28s);
  EXPECT_EQ(faktory_backoff(24, 29), 331'776s + 15s + 725s);
  EXPECT_EQ(faktory_backoff(100, 0), 100'000'015s);
  EXPECT_EQ(faktory_backoff(~std::uint64_t{0}, 0), 100'000'015s);
}

TEST(retry_policy, faktory_counts_from_the_first_failure_and_ignores_what_others_set) {
  retry_policy p = policy(retry_kind::faktory);
  p.base = 0ms;
  p.cap = 1ms;
  p.jitter_ppm = 1'000'000;
  EXPECT_EQ(base_delay(p, 1), 15s);
  EXPECT_EQ(delay_after(p, 1, 29), 44s);
  EXPECT_EQ(delay_after(p, 4, 7), faktory_backoff(3, 7));
  EXPECT_EQ(base_delay(p, ~attempt_number{0}), faktory_backoff(100, 0));
}

TEST(retry_policy, faktory_makes_25_retries_in_about_20_days) {
  std::chrono::seconds least{0};
  std::chrono::seconds most{0};
  for (std::uint64_t count = 0; count < 25; ++count) {
    least += faktory_backoff(count, 0);
    most += faktory_backoff(count, 29);
  }
  EXPECT_EQ(least, 1'763'395s);  // 20.4 days
  EXPECT_EQ(most, 1'772'820s);   // 20.5 days
}

TEST(retry_policy, every_kind_is_known_by_its_name) {
  for (char const* name : {"exponential", "linear", "fixed", "faktory"})
    EXPECT_EQ(to_string(*parse_retry_kind(name)), name);
  EXPECT_FALSE(parse_retry_kind("Faktory"));
}

TEST(entropy, a_draw_depends_on_everything_it_is_for_and_nothing_else) {
  auto const d = draw(draw_for::outcome, 7, job_id{3}, 1, 2);
  EXPECT_EQ(d, draw(draw_for::outcome, 7, job_id{3}, 1, 2));
  EXPECT_NE(d, draw(draw_for::jitter, 7, job_id{3}, 1, 2));
  EXPECT_NE(d, draw(draw_for::outcome, 8, job_id{3}, 1, 2));
  EXPECT_NE(d, draw(draw_for::outcome, 7, job_id{4}, 1, 2));
  EXPECT_NE(d, draw(draw_for::outcome, 7, job_id{3}, 2, 2));
  EXPECT_NE(d, draw(draw_for::outcome, 7, job_id{3}, 1, 3));
}

}  // namespace
}  // namespace retrylab
