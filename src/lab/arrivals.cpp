#include "lab/arrivals.hpp"

#include "lab/fixed_point.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::uint64_t purpose = 1000;  // the first of as many as there are groups

__extension__ typedef unsigned __int128 wide;

microseconds part(microseconds whole, std::uint64_t numerator, std::uint64_t denominator) {
  wide const product = wide{static_cast<std::uint64_t>(whole.count())} * numerator / denominator;
  return microseconds{static_cast<std::int64_t>(product)};
}

}  // namespace

arrivals::arrivals(job_group const& group, std::size_t place, std::uint64_t seed)
    : kind_(group.arrival),
      time_(group.time),
      amount_(group.amount),
      chance_(seed, purpose + place),
      last_(group.time.from),
      drawn_(group.recorded) {
  if (!drawn_.empty()) {
    kind_ = arrival_kind::constant;
    amount_ = std::uint64_t{drawn_.size()};
    time_.from = microseconds{0};
    return;
  }
  auto const* const count = std::get_if<std::uint64_t>(&amount_);
  if (kind_ != arrival_kind::poisson || !count) return;
  // So many arrivals of a Poisson process are so many independent instants, in order.
  auto const length = static_cast<std::uint64_t>((time_.to - time_.from).count());
  for (std::uint64_t i = 0; i < *count; ++i)
    drawn_.emplace_back(static_cast<std::int64_t>(chance_.between(0, length - 1)));
  std::ranges::sort(drawn_);
}

microseconds arrivals::nth(std::uint64_t n) const {
  if (kind_ == arrival_kind::all_at_once) return time_.from;
  if (!drawn_.empty()) return time_.from + drawn_[n];
  if (auto const* const count = std::get_if<std::uint64_t>(&amount_))
    return time_.from + part(time_.to - time_.from, n, *count);
  auto const& rate = std::get<arrival_rate>(amount_);
  return time_.from + part(rate.per, n, rate.count);
}

std::optional<microseconds> arrivals::next() {
  auto const* const count = std::get_if<std::uint64_t>(&amount_);
  if (count && arrived_ == *count) return std::nullopt;
  if (!count && kind_ == arrival_kind::poisson) {
    auto const& rate = std::get<arrival_rate>(amount_);
    std::int64_t const gap = scale(rate.per.count(), exponential(chance_.next()));
    last_ += microseconds{gap / static_cast<std::int64_t>(rate.count)};
  } else {
    last_ = nth(arrived_);
  }
  if (!count && last_ >= time_.to) return std::nullopt;
  ++arrived_;
  return last_;
}

}  // namespace retrylab
