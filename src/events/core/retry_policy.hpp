#pragma once
// When a failed attempt is tried again. Integer arithmetic throughout, so that every machine
// computes the same instants.
//
//   exponential: min(cap, base * factor^(n-1))     linear: min(cap, base * n)     fixed: min(cap,
//   base)
//
// where n is the number of the attempt that failed. Jitter only ever adds: the delay lies in [d, d
// * (1 + jitter)], so no attempt starts earlier than the policy says, and jobs that failed together
// spread out.

#include "events/core/ids.hpp"
#include "events/core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace retrylab {

enum class retry_kind : unsigned char { exponential, linear, fixed };

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

// With jitter; `entropy` is any 64 bits, the same bits give the same delay.
[[nodiscard]] microseconds delay_after(retry_policy const& policy, attempt_number n,
                                       std::uint64_t entropy);

}  // namespace retrylab
