#include "bench/schedule.hpp"

#include <gtest/gtest.h>

namespace retrylab::bench {
namespace {

using namespace std::chrono_literals;

TEST(schedule, requests_are_due_at_equal_distances_from_the_start) {
  schedule const s{1000};
  EXPECT_EQ(s.due(0), 0ns);
  EXPECT_EQ(s.due(1), 1ms);
  EXPECT_EQ(s.due(2500), 2500ms);
}

TEST(schedule, rounding_does_not_add_up) {
  schedule const s{3};
  EXPECT_EQ(s.due(1), 333'333'333ns);
  EXPECT_EQ(s.due(3), 1s);
  EXPECT_EQ(s.due(3'000'000), 1'000'000s);
}

TEST(schedule, as_many_come_before_an_instant_as_are_due_before_it) {
  for (std::uint64_t rate : {1ULL, 3ULL, 7ULL, 1000ULL, 33'333ULL, 1'000'000ULL}) {
    schedule const s{rate};
    for (nanoseconds end : {nanoseconds{0ns}, nanoseconds{1ns}, nanoseconds{1ms}, nanoseconds{1s},
                            nanoseconds{1s + 1ns}, nanoseconds{12'345'678'901ns}}) {
      std::uint64_t const n = s.count_before(end);
      EXPECT_GE(s.due(n), end) << rate;
      if (n > 0) {
        EXPECT_LT(s.due(n - 1), end) << rate;
      }
    }
  }
}

TEST(schedule, a_run_of_five_seconds_has_five_times_the_rate) {
  EXPECT_EQ(schedule{20'000}.count_before(5s), 100'000U);
}

}  // namespace
}  // namespace retrylab::bench
