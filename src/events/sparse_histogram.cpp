#include "events/sparse_histogram.hpp"

#include <array>
#include <charconv>

namespace retrylab {
namespace {

static_assert(sparse_histogram::cut::bucket_of(sparse_histogram::cut::value_max) + 1 ==
              sparse_histogram::cut::buckets);

// Takes a decimal number, and the character behind it if there is one.
std::optional<std::int64_t> take_number(std::string_view& text, char behind) {
  std::int64_t value = 0;
  auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc{} || value < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.empty()) return value;
  if (text.front() != behind) return std::nullopt;
  text.remove_prefix(1);
  return value;
}

void add_number(std::string& out, std::uint64_t value) {
  std::array<char, 20> digits;
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

}  // namespace

void sparse_histogram::record(microseconds duration) {
  std::int64_t const value = std::max<std::int64_t>(duration.count(), 0);
  std::size_t const number = cut::bucket_of(static_cast<std::uint64_t>(value));
  auto const at = std::lower_bound(buckets_.begin(), buckets_.end(), number,
                                   [](bucket const& b, std::size_t n) { return b.number < n; });
  if (at != buckets_.end() && at->number == number) {
    *at = make(number, at->times + 1);
  } else {
    buckets_.insert(at, make(number, 1));
  }
  ++count_;
  sum_ += value;
  max_ = std::max(max_, value);
}

void sparse_histogram::merge(sparse_histogram const& other) {
  std::vector<bucket> merged;
  merged.reserve(std::max(buckets_.size(), other.buckets_.size()));
  auto mine = buckets_.begin();
  for (bucket const& theirs : other.buckets_) {
    while (mine != buckets_.end() && mine->number < theirs.number) merged.push_back(*mine++);
    if (mine != buckets_.end() && mine->number == theirs.number) {
      merged.push_back(make(theirs.number, mine->times + theirs.times));
      ++mine;
    } else {
      merged.push_back(theirs);
    }
  }
  merged.insert(merged.end(), mine, buckets_.end());
  buckets_ = std::move(merged);
  count_ += other.count_;
  sum_ += other.sum_;
  max_ = std::max(max_, other.max_);
}

microseconds sparse_histogram::quantile(unsigned ten_thousandths) const {
  if (count_ == 0) return {};
  // ceil(count * q), without the overflow of the product.
  std::uint64_t const q = std::min(ten_thousandths, 10'000U);
  std::uint64_t const rank =
      std::max<std::uint64_t>(1, count_ / 10'000 * q + (count_ % 10'000 * q + 9'999) / 10'000);
  std::uint64_t seen = 0;
  for (bucket const& b : buckets_) {
    seen += b.times;
    if (seen >= rank && rank < count_)
      return microseconds{std::min(static_cast<std::int64_t>(cut::top_of(b.number)), max_)};
  }
  return max();
}

std::uint64_t sparse_histogram::count_below(microseconds bound) const {
  std::uint64_t below = 0;
  for (bucket const& b : buckets_) {
    if (cut::top_of(b.number) < static_cast<std::uint64_t>(bound.count())) below += b.times;
  }
  return below;
}

std::string sparse_histogram::to_text() const {
  if (count_ == 0) return {};
  std::string out;
  out.reserve(32 + 10 * buckets_.size());
  add_number(out, static_cast<std::uint64_t>(sum_));
  out += ' ';
  add_number(out, static_cast<std::uint64_t>(max_));
  for (bucket const& b : buckets_) {
    out += ' ';
    add_number(out, b.number);
    out += ':';
    add_number(out, b.times);
  }
  return out;
}

std::optional<sparse_histogram> sparse_histogram::from_text(std::string_view text) {
  sparse_histogram h;
  if (text.empty()) return h;
  auto const sum = take_number(text, ' ');
  auto const max = take_number(text, ' ');
  if (!sum || !max) return std::nullopt;
  h.sum_ = *sum;
  h.max_ = *max;
  while (!text.empty()) {
    auto const number = take_number(text, ':');
    auto const times = take_number(text, ' ');
    if (!number || !times || static_cast<std::size_t>(*number) >= cut::buckets) return std::nullopt;
    if (!h.buckets_.empty() && h.buckets_.back().number >= static_cast<std::uint64_t>(*number))
      return std::nullopt;
    h.buckets_.push_back(
        make(static_cast<std::uint64_t>(*number), static_cast<std::uint64_t>(*times)));
    h.count_ += h.buckets_.back().times;
  }
  return h;
}

}  // namespace retrylab
