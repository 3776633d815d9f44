#pragma once
// When a failed attempt is tried again. Integer arithmetic throughout, so that every machine
// computes the same instants.
//
//   exponential: min(cap, base * factor^(n-1))
//   linear:      min(cap, base * n)
//   fixed:       min(cap, base)
//   faktory:     (n-1)^4 + 15 seconds
//
// where n is the number of the attempt that failed. Jitter only ever adds: the delay lies in [d, d
// * (1 + jitter)], so no attempt starts earlier than the policy says, and jobs that failed together
// spread out. `faktory` has nothing to set but max_age: it adds 0 to 29 times n seconds, whole
// ones, as Faktory's manager/retry.go does, so 25 retries take about 20 days.

#include "events/core/ids.hpp"
#include "events/core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace retrylab {

enum class retry_kind : unsigned char { exponential, linear, fixed, faktory };

struct retry_policy {
  retry_kind kind = retry_kind::exponential;
  milliseconds base{500};
  std::uint32_t factor_milli = 2000;  // thousandths: 2000 doubles
  milliseconds cap{60'000};
  std::uint32_t jitter_ppm = 100'000;  // millionths of the delay: 100,000 adds up to 10 %
  std::optional<milliseconds>
      max_age{};       // a retry later than this after the generation began is not made
  std::string name{};  // "gentle@2": version 2 of a named policy; empty: the job's own
  bool operator==(retry_policy const&) const = default;
};

[[nodiscard]] std::string_view to_string(retry_kind kind);
[[nodiscard]] std::optional<retry_kind> parse_retry_kind(std::string_view name);

// The delay after failed attempt n (from 1), before jitter.
[[nodiscard]] microseconds base_delay(retry_policy const& policy, attempt_number n);

// What Faktory waits before the retry after `count` earlier ones (0: the job failed for the first
// time): count^4 + 15 + (drawn mod 30) * (count + 1) seconds. From 100 on it grows no further (3.2
// years).
[[nodiscard]] std::chrono::seconds faktory_backoff(std::uint64_t count, std::uint64_t drawn);

// With jitter; `entropy` is any 64 bits, the same bits give the same delay.
[[nodiscard]] microseconds delay_after(retry_policy const& policy, attempt_number n,
                                       std::uint64_t entropy);

}  // namespace retrylab
