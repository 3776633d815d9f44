#include "events/core/time.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

TEST(time, is_written_in_utc_with_six_digits) {
  EXPECT_EQ(to_rfc3339(from_micros(0)), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(to_rfc3339(from_micros(1'767'268'800'000'001)), "2026-01-01T12:00:00.000001Z");
}

TEST(time, is_read_with_any_offset_and_precision) {
  timestamp const noon = from_micros(1'767'268'800'000'000);
  for (char const* text :
       {"2026-01-01T12:00:00Z", "2026-01-01T12:00:00.0Z", "2026-01-01t12:00:00.000000999z",
        "2026-01-01 13:30:00+01:30", "2026-01-01T02:00:00-10:00"}) {
    EXPECT_EQ(parse_rfc3339(text), noon) << text;
  }
}

TEST(time, survives_a_round_trip) {
  for (std::int64_t n : {0LL, 951'782'400'123'456LL, 4'102'444'799'999'999LL})
    EXPECT_EQ(parse_rfc3339(to_rfc3339(from_micros(n))), from_micros(n));
}

TEST(time, is_refused_when_it_is_not_one) {
  for (char const* text :
       {"", "2026", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567890Z",
        "2026-01-01T00:00:00+25:00", "1969-12-31T23:59:59Z", "-026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Zx"}) {
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace retrylab
