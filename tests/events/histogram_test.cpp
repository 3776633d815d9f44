#include "events/histogram.hpp"

#include "events/core/entropy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace retrylab {
namespace {

TEST(histogram, an_empty_one_is_all_zero) {
  histogram const h;
  EXPECT_EQ(h.count(), 0U);
  EXPECT_EQ(h.mean(), 0.0);
  EXPECT_EQ(h.min(), 0U);
  EXPECT_EQ(h.max(), 0U);
  EXPECT_EQ(h.quantile(5000), 0U);
}

TEST(histogram, small_values_are_exact) {
  histogram h;
  for (std::uint64_t v = 1; v <= 200; ++v) h.record(v);
  EXPECT_EQ(h.quantile(0), 1U);
  EXPECT_EQ(h.quantile(5000), 100U);
  EXPECT_EQ(h.quantile(9900), 198U);
  EXPECT_EQ(h.quantile(9990), 200U);
  EXPECT_EQ(h.quantile(10'000), 200U);
  EXPECT_DOUBLE_EQ(h.mean(), 100.5);
}

TEST(histogram, one_value_is_every_quantile) {
  for (std::uint64_t v : {0ULL, 255ULL, 256ULL, 12'345'678ULL, (1ULL << 40) - 1, 1ULL << 50}) {
    histogram h;
    h.record(v);
    for (unsigned q : {0U, 1U, 5000U, 10'000U}) EXPECT_EQ(h.quantile(q), v);
  }
}

TEST(histogram, a_quantile_is_at_most_a_128th_above_the_value_it_stands_for) {
  std::vector<std::uint64_t> values;
  histogram h;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    values.push_back(mix(i) >> (24 + mix(~i) % 40));  // of every magnitude up to 2^40
    h.record(values.back());
  }
  std::ranges::sort(values);
  for (unsigned q = 1; q <= 10'000; q += 3) {
    std::uint64_t const exact = values[(values.size() * q + 9'999) / 10'000 - 1];
    ASSERT_GE(h.quantile(q), exact) << q;
    ASSERT_LE(h.quantile(q), exact + exact / 128) << q;
  }
}

TEST(histogram, values_beyond_the_last_bucket_still_count_in_mean_and_max) {
  histogram h;
  h.record(10, 3);
  h.record(std::uint64_t{1} << 45);
  EXPECT_EQ(h.count(), 4U);
  EXPECT_EQ(h.max(), std::uint64_t{1} << 45);
  EXPECT_EQ(h.quantile(7500), 10U);
  EXPECT_EQ(h.quantile(10'000), std::uint64_t{1} << 45);
}

TEST(histogram, a_merge_is_as_if_all_had_been_recorded_in_one) {
  histogram odd;
  histogram even;
  histogram all;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    (i % 2 == 0 ? even : odd).record(mix(i) >> 30);
    all.record(mix(i) >> 30);
  }
  even.merge(odd);
  EXPECT_EQ(even, all);
  even.merge(histogram{});
  EXPECT_EQ(even, all);
  even.clear();
  EXPECT_EQ(even, histogram{});
}

TEST(histogram, a_value_recorded_several_times_is_as_many_values) {
  histogram once;
  histogram thrice;
  for (int i = 0; i < 3; ++i) once.record(777);
  thrice.record(777, 3);
  thrice.record(5, 0);
  EXPECT_EQ(once, thrice);
}

}  // namespace
}  // namespace retrylab
