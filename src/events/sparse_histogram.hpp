#pragma once
// Counts of durations in whole microseconds, for quantiles, in as much memory as there are
// different values: eight bytes for each bucket that is not empty. Thousands of them are kept for
// the history, most nearly empty, where histogram.hpp would take 34 KiB each.
//
// Log-linear with 32 buckets for each power of two: a quantile is at most 1/32 (3 %) above the
// value it stands for. Durations from 2^36 us (19 hours) on share the last bucket; count, sum and
// max stay exact. A merge equals having recorded everything in one. Not thread-safe.

#include "events/core/time.hpp"
#include "events/log_linear.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

class sparse_histogram {
 public:
  using cut = log_linear<5, 36>;

  void record(microseconds duration);  // a negative one counts as 0
  void merge(sparse_histogram const& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] microseconds sum() const { return microseconds{sum_}; }
  [[nodiscard]] microseconds max() const { return microseconds{max_}; }  // 0 when empty
  // The duration that so many ten-thousandths do not exceed, rounded up to the end of its bucket
  // but not beyond max(). 0 when empty.
  [[nodiscard]] microseconds quantile(unsigned ten_thousandths) const;
  // How many lie below `bound`; exact when that is a power of two.
  [[nodiscard]] std::uint64_t count_below(microseconds bound) const;
  [[nodiscard]] std::size_t bytes() const { return buckets_.size() * sizeof(bucket); }

  // As "sum max bucket:times bucket:times …"; empty text when empty.
  [[nodiscard]] std::string to_text() const;
  [[nodiscard]] static std::optional<sparse_histogram> from_text(std::string_view text);

  bool operator==(sparse_histogram const&) const = default;

 private:
  struct bucket {
    std::uint64_t number : 16;
    std::uint64_t times : 48;
    bool operator==(bucket const&) const = default;
  };
  static bucket make(std::uint64_t number, std::uint64_t times) {
    return {number & 0xFFFF, times & 0xFFFF'FFFF'FFFF};
  }
  std::vector<bucket> buckets_;  // by number
  std::uint64_t count_ = 0;
  std::int64_t sum_ = 0;
  std::int64_t max_ = 0;
};

}  // namespace retrylab
