#pragma once
// A request and a response as handlers see them. Nothing of Beast here.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace retrylab {

struct request {
  std::string method;
  std::string path;                                        // percent-decoded
  std::vector<std::pair<std::string, std::string>> query;  // percent-decoded, in order
  std::vector<std::string> params;                         // what stood at the {…} of the route
  std::string body;
  std::string host;
  std::optional<std::string> origin;
  std::optional<std::string> sec_fetch_site;
  std::optional<std::string> idempotency_key;
  bool accepts_gzip = false;
  bool keep_alive = true;
};

struct response {
  unsigned status = 200;
  std::string body;
  std::string_view content_type = "application/json";
  std::vector<std::pair<std::string_view, std::string>> headers;
  std::string_view static_body{};  // instead of `body`: bytes that live as long as the program
  bool lost = false;               // on purpose: the connection ends without an answer
};

// A late answer says so, in X-Events-Behind; an answer without that header reflects every write
// that was acknowledged before it was asked for.
void tell_behind(response& answer, std::uint64_t events);

// The bytes to send. `head`: the answer to a HEAD, without the body.
[[nodiscard]] std::string serialize(response const& answer, bool keep_alive, bool head);

[[nodiscard]] std::string_view reason_phrase(unsigned status);

// RFC 3986 section 2: everything but unreserved characters is escaped.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace retrylab
