#pragma once
// What the answer to a webhook means for its attempt. Pure.
//
//   2xx        succeeded
//   410, 422   failed for good
//   others     failed, and tried again as the job's policy or Retry-After says
//
// Source of Retry-After: RFC 9110, section 10.2.3. Redirects are not followed: they would lead
// where nobody configured.

#include "actors/executor.hpp"

#include <string>
#include <string_view>

namespace retrylab {

struct webhook_answer {
  unsigned status = 0;
  std::string retry_after{};  // the field, or empty
  std::string body{};         // its first limits::webhook_body_bytes
  bool cut = false;           // there was more
};

// `from`: where the answer came from, for the error. `keep_body`: as the result, or in the error.
[[nodiscard]] attempt_outcome outcome_of(webhook_answer const& answer, std::string const& from,
                                         bool keep_body, timestamp now);

// Seconds, or a date. At most limits::delay_max; nothing for anything else.
[[nodiscard]] std::optional<microseconds> parse_retry_after(std::string_view text, timestamp now);

}  // namespace retrylab
