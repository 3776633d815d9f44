#include "events/sparse_histogram.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

sparse_histogram of(std::vector<std::int64_t> const& values) {
  sparse_histogram h;
  for (std::int64_t v : values) h.record(microseconds{v});
  return h;
}

std::vector<std::int64_t> any_values() {
  return *rc::gen::container<std::vector<std::int64_t>>(
      rc::gen::inRange<std::int64_t>(0, 200'000'000));
}

TEST(sparse_histogram, is_empty_at_first) {
  EXPECT_EQ(sparse_histogram{}.quantile(5000), 0us);
  EXPECT_EQ(sparse_histogram{}.to_text(), "");
}

TEST(sparse_histogram, tells_small_values_exactly_and_the_greatest_always) {
  sparse_histogram const h = of({1, 2, 3, 4, 123'456'789});
  EXPECT_EQ(h.quantile(5000), 3us);
  EXPECT_EQ(h.quantile(8000), 4us);
  EXPECT_EQ(h.quantile(9900), 123'456'789us);
  EXPECT_EQ(h.count_below(4us), 3u);
  EXPECT_EQ(of({std::int64_t{1} << 50}).max().count(), std::int64_t{1} << 50);
  EXPECT_EQ(of({-5}).max(), 0us);
}

RC_GTEST_PROP(sparse_histogram, a_quantile_is_at_most_a_32nd_above_the_value_it_stands_for, ()) {
  auto values = any_values();
  RC_PRE(!values.empty());
  sparse_histogram const h = of(values);
  std::sort(values.begin(), values.end());
  for (unsigned q : {1u, 5000u, 9000u, 9900u, 10'000u}) {
    std::size_t const rank = std::max<std::size_t>(1, (values.size() * q + 9999) / 10'000);
    std::int64_t const exact = values[rank - 1];
    RC_ASSERT(h.quantile(q).count() >= exact);
    RC_ASSERT(h.quantile(q).count() <= exact + exact / 32);
  }
}

RC_GTEST_PROP(sparse_histogram, a_merge_equals_recording_everything_in_one, ()) {
  auto one = any_values();
  auto const other = any_values();
  sparse_histogram merged = of(one);
  merged.merge(of(other));
  one.insert(one.end(), other.begin(), other.end());
  RC_ASSERT(merged == of(one));
}

RC_GTEST_PROP(sparse_histogram, text_gives_it_back, ()) {
  sparse_histogram const h = of(any_values());
  RC_ASSERT(sparse_histogram::from_text(h.to_text()) == h);
}

RC_GTEST_PROP(sparse_histogram, counts_below_powers_of_two_exactly, ()) {
  auto const values = any_values();
  std::int64_t const bound = std::int64_t{1} << *rc::gen::inRange(0, 35);
  auto const below = std::count_if(values.begin(), values.end(), [&](auto v) { return v < bound; });
  RC_ASSERT(of(values).count_below(microseconds{bound}) == static_cast<std::uint64_t>(below));
}

TEST(sparse_histogram, refuses_text_that_is_none) {
  for (char const* text : {"x", "1", "1 2 3", "1 2 3:", "1 2 9999:1", "1 2 3:1 3:1", "1 2 -3:1"})
    EXPECT_FALSE(sparse_histogram::from_text(text)) << text;
}

}  // namespace
}  // namespace retrylab
