// When a rule has a fault: the same every time, about as often as it says, and apart from others.

#include "events/core/fault_rules.hpp"

#include <gtest/gtest.h>

#include <set>

namespace retrylab {
namespace {

std::set<std::uint64_t> falls(fault_rule const& rule, std::uint64_t count = 10'000) {
  std::set<std::uint64_t> found;
  for (std::uint64_t n = 1; n <= count; ++n) {
    if (falls_on(rule, {job_id{n}, 1, 1, n})) found.insert(n);
  }
  return found;
}

TEST(fault_rules, each_nth_occasion_when_every_says_so) {
  EXPECT_EQ(falls({.name = "a", .every = 3}, 10), (std::set<std::uint64_t>{3, 6, 9}));
  EXPECT_EQ(falls({.name = "a", .every = 1}, 3).size(), 3u);
}

TEST(fault_rules, by_chance_as_often_as_likely_and_always_the_same) {
  for (fault_kind kind : {fault_kind::drop_ack, fault_kind::delay_fetch}) {
    fault_rule const rule{.name = "a", .kind = kind, .ppm = 250'000, .seed = 7};
    auto const found = falls(rule);
    EXPECT_NEAR(static_cast<double>(found.size()), 2500, 150);
    EXPECT_EQ(found, falls(rule));
  }
  EXPECT_TRUE(falls({.name = "a", .ppm = 0}).empty());
  EXPECT_EQ(falls({.name = "a"}, 100).size(), 100u);
}

TEST(fault_rules, names_and_seeds_draw_apart) {
  fault_rule const rule{.name = "a", .ppm = 500'000, .seed = 7};
  fault_rule named = rule;
  named.name = "b";
  fault_rule seeded = rule;
  seeded.seed = 8;
  EXPECT_NE(falls(rule), falls(named));
  EXPECT_NE(falls(rule), falls(seeded));
}

TEST(fault_rules, of_a_job_the_attempt_counts_and_not_the_order) {
  fault_rule const rule{.name = "a", .kind = fault_kind::drop_ack, .ppm = 500'000, .seed = 7};
  int differ = 0;
  for (std::uint64_t n = 1; n <= 100; ++n) {
    EXPECT_EQ(falls_on(rule, {job_id{n}, 1, 1, 1}), falls_on(rule, {job_id{n}, 1, 1, n}));
    differ += falls_on(rule, {job_id{n}, 1, 1, 1}) != falls_on(rule, {job_id{n}, 1, 2, 1});
  }
  EXPECT_GT(differ, 20);
}

}  // namespace
}  // namespace retrylab
