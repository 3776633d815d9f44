#include "events/histogram.hpp"

#include <algorithm>
#include <bit>

namespace retrylab {
namespace {

constexpr int sub_bits = 7;  // 128 buckets for each power of two
constexpr std::uint64_t linear_end = std::uint64_t{1} << (sub_bits + 1);
constexpr int value_bits = 40;
constexpr std::uint64_t value_max = (std::uint64_t{1} << value_bits) - 1;

constexpr std::size_t bucket_of(std::uint64_t value) {
  if (value < linear_end) return value;
  auto const shift = static_cast<std::uint64_t>(std::bit_width(value) - (sub_bits + 1));
  return (shift << sub_bits) + (value >> shift);
}

// The highest value that falls into it.
constexpr std::uint64_t top_of(std::size_t bucket) {
  if (bucket < linear_end) return bucket;
  std::uint64_t const shift = (bucket >> sub_bits) - 1;
  std::uint64_t const mantissa = bucket - (shift << sub_bits);
  return ((mantissa + 1) << shift) - 1;
}

static_assert(bucket_of(255) == 255 && bucket_of(256) == 256 && bucket_of(257) == 256);
static_assert(top_of(bucket_of(value_max)) == value_max);

}  // namespace

histogram::histogram() : buckets_(bucket_of(value_max) + 1) {}

void histogram::record(std::uint64_t value, std::uint64_t times) {
  if (times == 0) return;
  buckets_[bucket_of(std::min(value, value_max))] += times;
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
    if (seen >= rank) return std::clamp(top_of(i), min_, max_);
  }
  return max_;
}

}  // namespace retrylab
