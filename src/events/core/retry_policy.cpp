#include "events/core/retry_policy.hpp"

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 3> kind_names{"exponential", "linear", "fixed"};

__extension__ typedef __int128 wide;

// value * numerator / denominator, never above `cap`.
microseconds scaled(microseconds value, std::uint64_t numerator, std::uint64_t denominator,
                    microseconds cap) {
  wide const product =
      wide{value.count()} * static_cast<wide>(numerator) / static_cast<wide>(denominator);
  return product >= cap.count() ? cap : microseconds{static_cast<std::int64_t>(product)};
}

}  // namespace

std::string_view to_string(retry_kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<retry_kind> parse_retry_kind(std::string_view name) {
  auto const found = std::find(kind_names.begin(), kind_names.end(), name);
  if (found == kind_names.end()) return std::nullopt;
  return static_cast<retry_kind>(found - kind_names.begin());
}

microseconds base_delay(retry_policy const& policy, attempt_number n) {
  microseconds const base = std::min<microseconds>(policy.base, policy.cap);
  switch (policy.kind) {
    case retry_kind::fixed:
      return base;
    case retry_kind::linear:
      return scaled(base, n, 1, policy.cap);
    case retry_kind::exponential:
      break;
  }
  microseconds delay = base;
  for (attempt_number i = 1; i < n && delay < policy.cap && policy.factor_milli != 1000; ++i) {
    delay = scaled(delay, policy.factor_milli, 1000, policy.cap);
  }
  return delay;
}

microseconds delay_after(retry_policy const& policy, attempt_number n, std::uint64_t entropy) {
  microseconds const base = base_delay(policy, n);
  microseconds const extra = scaled(base, policy.jitter_ppm, 1'000'000, microseconds::max());
  return base + microseconds{static_cast<std::int64_t>(
                    entropy % (static_cast<std::uint64_t>(extra.count()) + 1))};
}

}  // namespace retrylab
