#pragma once
// Proves to a receiver who sent a webhook, and when.
//
// Source: the Standard Webhooks specification 1.0, symmetric signatures.

#include "events/core/result.hpp"
#include "events/core/time.hpp"

#include <string>
#include <string_view>

namespace retrylab {

// "whsec_" and 24 to 64 bytes in base64. The error is a sentence.
[[nodiscard]] result<std::string, std::string> parse_webhook_secret(std::string_view text);

// The value of webhook-signature: "v1," and the HMAC-SHA256 of "<id>.<seconds>.<body>" in base64.
[[nodiscard]] std::string webhook_signature(std::string_view secret, std::string_view id,
                                            std::int64_t seconds, std::string_view body);

}  // namespace retrylab
