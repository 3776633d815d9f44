#include "events/core/retry_policy.hpp"

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 4> kind_names{"exponential", "linear", "fixed", "faktory"};

constexpr std::uint64_t faktory_count_max = 100;
constexpr std::uint64_t faktory_least_seconds = 15;
constexpr std::uint64_t faktory_spread = 30;

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

std::chrono::seconds faktory_backoff(std::uint64_t count, std::uint64_t drawn) {
  std::uint64_t const c = std::min(count, faktory_count_max);
  std::uint64_t const wait =
      c * c * c * c + faktory_least_seconds + drawn % faktory_spread * (c + 1);
  return std::chrono::seconds{static_cast<std::int64_t>(wait)};
}

microseconds base_delay(retry_policy const& policy, attempt_number n) {
  microseconds const base = std::min<microseconds>(policy.base, policy.cap);
  switch (policy.kind) {
    case retry_kind::faktory:
      return faktory_backoff(n > 0 ? n - 1 : 0, 0);
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
  if (policy.kind == retry_kind::faktory) return faktory_backoff(n > 0 ? n - 1 : 0, entropy);
  microseconds const base = base_delay(policy, n);
  microseconds const extra = scaled(base, policy.jitter_ppm, 1'000'000, microseconds::max());
  return base + microseconds{static_cast<std::int64_t>(
                    entropy % (static_cast<std::uint64_t>(extra.count()) + 1))};
}

}  // namespace retrylab
