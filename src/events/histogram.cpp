#include "events/histogram.hpp"

#include "events/log_linear.hpp"

#include <algorithm>

namespace retrylab {
namespace {

using cut = log_linear<7, 40>;  // 128 buckets for each power of two

static_assert(cut::bucket_of(255) == 255 && cut::bucket_of(256) == 256 &&
              cut::bucket_of(257) == 256);
static_assert(cut::bucket_of(cut::value_max) + 1 == cut::buckets);
static_assert(cut::top_of(cut::buckets - 1) == cut::value_max);

}  // namespace

histogram::histogram() : buckets_(cut::buckets) {}

void histogram::record(std::uint64_t value, std::uint64_t times) {
  if (times == 0) return;
  buckets_[cut::bucket_of(value)] += times;
  count_ += times;
  sum_ += value * times;
  max_ = std::max(max_, value);
  min_ = std::min(min_, value);
}

void histogram::merge(histogram const& other) {
  for (std::size_t i = 0; i < buckets_.size(); ++i) buckets_[i] += other.buckets_[i];
  count_ += other.count_;
  sum_ += other.sum_;
  max_ = std::max(max_, other.max_);
  min_ = std::min(min_, other.min_);
}

void histogram::clear() { *this = histogram{}; }

double histogram::mean() const {
  return count_ == 0 ? 0.0 : static_cast<double>(sum_) / static_cast<double>(count_);
}

std::uint64_t histogram::quantile(unsigned ten_thousandths) const {
  if (count_ == 0) return 0;
  // ceil(count * q), without the overflow of the product.
  std::uint64_t const q = std::min(ten_thousandths, 10'000U);
  std::uint64_t const rank =
      std::max<std::uint64_t>(1, count_ / 10'000 * q + (count_ % 10'000 * q + 9'999) / 10'000);
  if (rank == count_) return max_;
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    seen += buckets_[i];
    if (seen >= rank) return std::clamp(cut::top_of(i), min_, max_);
  }
  return max_;
}

}  // namespace retrylab
