#pragma once
// Counts of values, for quantiles: log-linear, of fixed size, without a loss of small or rare
// values.
//
//   value < 256:  a bucket of its own
//   else:         shift = bits(value) - 8,  bucket = 128 * shift + (value >> shift)
//
// so each power of two is cut into 128 buckets of equal width, and a quantile is at most 1/128
// (0.8 %) above the value it stands for. The unit is the caller's. Values from 2^40 on share the
// last bucket; count, mean and max stay exact for them.
//
// The idea is HdrHistogram's (Gil Tene, hdrhistogram.org). 34 KiB each. Not thread-safe: fill one a
// thread, then merge.

#include <cstdint>
#include <vector>

namespace retrylab {

class histogram {
 public:
  histogram();

  void record(std::uint64_t value, std::uint64_t times = 1);
  // As if everything recorded there had been recorded here.
  void merge(histogram const& other);
  void clear();

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::uint64_t max() const { return max_; }  // 0 when empty
  [[nodiscard]] std::uint64_t min() const { return count_ == 0 ? 0 : min_; }
  [[nodiscard]] double mean() const;
  // The value that so many ten-thousandths of all values do not exceed, rounded up to the end of
  // its bucket: 5000 is the median, 9990 the 99.9th percentile, 10000 the maximum. 0 when empty.
  [[nodiscard]] std::uint64_t quantile(unsigned ten_thousandths) const;

  bool operator==(histogram const&) const = default;

 private:
  std::vector<std::uint64_t> buckets_;
  std::uint64_t count_ = 0;
  std::uint64_t sum_ = 0;
  std::uint64_t max_ = 0;
  std::uint64_t min_ = UINT64_MAX;
};

}  // namespace retrylab
