#pragma once
// Where a worker's server is: tcp://[:PASSWORD@]HOST[:PORT], the form of FAKTORY_URL. Pure.

#include "events/core/result.hpp"

#include <string>
#include <string_view>

namespace retrylab {

struct server_url {
  std::string host;
  std::string port = "7419";
  std::string password{};  // empty: none
  std::string shown;       // for people: without the password
  bool operator==(server_url const&) const = default;
};

// The error is a sentence, and never has the password in it.
[[nodiscard]] result<server_url, std::string> parse_server_url(std::string_view text);

}  // namespace retrylab
