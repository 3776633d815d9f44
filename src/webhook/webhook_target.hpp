#pragma once
// Where a webhook goes, as configured.

#include "events/core/result.hpp"

#include <string>
#include <string_view>

namespace retrylab {

struct webhook_target {
  bool tls = false;
  std::string host;       // a name, or an address without brackets
  std::string port;       // "443"
  std::string authority;  // of the Host field
  std::string path;       // with the query
  // For errors: without the query, which may hold a secret.
  std::string shown;
  bool operator==(webhook_target const&) const = default;
};

// "https://example.org/hooks?x=1". The error is a sentence: only http and https, no user, no
// fragment.
[[nodiscard]] result<webhook_target, std::string> parse_webhook_url(std::string_view url);

}  // namespace retrylab
