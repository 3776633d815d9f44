// When jobs arrive, and the whole-number mathematics below it.

#include "lab/arrivals.hpp"

#include "lab/fixed_point.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

job_group group(arrival_kind kind, std::variant<std::uint64_t, arrival_rate> amount, window time) {
  job_group g;
  g.arrival = kind;
  g.amount = amount;
  g.time = time;
  return g;
}

std::vector<microseconds> all_of(job_group const& g, std::uint64_t seed = 1) {
  arrivals from{g, 0, seed};
  std::vector<microseconds> all;
  while (auto const next = from.next()) all.push_back(*next);
  return all;
}

TEST(fixed_point, exponential_is_minus_the_logarithm) {
  for (double u : {1e-9, 0.001, 0.25, 0.5, 0.9, 0.999999}) {
    auto const drawn = static_cast<std::uint64_t>(u * 0x1p64);
    EXPECT_NEAR(static_cast<double>(exponential(drawn)) / 0x1p32, -std::log(u), 1e-8) << u;
  }
  EXPECT_LE(exponential(UINT64_MAX), 1) << "as near to 0 as it gets";
  EXPECT_NEAR(static_cast<double>(exponential(0)) / 0x1p32, 64 * std::log(2.0), 1e-6);
}

TEST(fixed_point, powers_of_two_are_exact_enough) {
  for (double x : {-20.0, -1.5, -0.001, 0.0, 0.3, 1.0, 4.75, 20.25}) {
    double const got = static_cast<double>(power_of_two(static_cast<fixed>(x * 0x1p32))) / 0x1p32;
    EXPECT_NEAR(got, std::exp2(x), std::exp2(x) * 1e-6 + 1e-9) << x;
  }
  EXPECT_EQ(power_of_two(-40 * fixed_one), 0);
}

TEST(fixed_point, normal_draws_have_mean_0_and_deviation_1) {
  random_stream chance{1, 1};
  double sum = 0;
  double squares = 0;
  constexpr int n = 20'000;
  for (int i = 0; i < n; ++i) {
    double const z = static_cast<double>(normal([&] { return chance.next(); })) / 0x1p32;
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum / n, 0, 0.02);
  EXPECT_NEAR(squares / n, 1, 0.03);
}

TEST(arrivals, all_at_once_is_one_instant) {
  auto const all = all_of(group(arrival_kind::all_at_once, std::uint64_t{3}, {5s, 1h}));
  EXPECT_EQ(all, (std::vector<microseconds>{5s, 5s, 5s}));
}

TEST(arrivals, a_count_is_spread_evenly_over_its_window) {
  auto const all = all_of(group(arrival_kind::constant, std::uint64_t{4}, {10s, 30s}));
  EXPECT_EQ(all, (std::vector<microseconds>{10s, 15s, 20s, 25s}));
}

TEST(arrivals, a_constant_rate_goes_on_until_the_window_ends) {
  auto const all = all_of(group(arrival_kind::constant, arrival_rate{2000, 1000s}, {1s, 3s}));
  EXPECT_EQ(all, (std::vector<microseconds>{1s, 1500ms, 2s, 2500ms}));
}

TEST(arrivals, poisson_arrivals_have_the_rate_and_the_spread_of_a_poisson_process) {
  auto const all =
      all_of(group(arrival_kind::poisson, arrival_rate{10'000, 1000s}, {0s, 1h}));  // 10/s
  EXPECT_NEAR(static_cast<double>(all.size()), 36'000, 3 * std::sqrt(36'000));
  ASSERT_TRUE(std::is_sorted(all.begin(), all.end()));
  double squares = 0;
  for (std::size_t i = 1; i < all.size(); ++i) {
    double const gap = static_cast<double>((all[i] - all[i - 1]).count()) / 1e6;
    squares += gap * gap;
  }
  // E[gap²] = 2 / rate².
  EXPECT_NEAR(squares / static_cast<double>(all.size()), 0.02, 0.001);
}

TEST(arrivals, a_poisson_count_is_exact_and_inside_its_window) {
  auto const all = all_of(group(arrival_kind::poisson, std::uint64_t{1000}, {1h, 2h}));
  ASSERT_EQ(all.size(), 1000U);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  EXPECT_GE(all.front(), 1h);
  EXPECT_LT(all.back(), 2h);
}

TEST(arrivals, the_seed_and_the_place_decide) {
  auto const g = group(arrival_kind::poisson, arrival_rate{1000, 1000s}, {0s, 1h});
  EXPECT_EQ(all_of(g, 1), all_of(g, 1));
  EXPECT_NE(all_of(g, 1), all_of(g, 2));
  arrivals first{g, 0, 1};
  arrivals second{g, 1, 1};
  EXPECT_NE(first.next(), second.next());
}

TEST(arrivals, slow_rates_keep_their_fractions) {
  auto const all =
      all_of(group(arrival_kind::poisson, arrival_rate{1000, 1000 * 24h}, {0s, 8760h}));
  EXPECT_NEAR(static_cast<double>(all.size()), 365, 4 * std::sqrt(365));
}

}  // namespace
}  // namespace retrylab
