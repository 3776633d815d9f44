#include "webhook/webhook_handler.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 11> ours{
    "host",         "content-length", "transfer-encoding", "connection",
    "content-type", "expect",         "upgrade",           "te",
    "trailer",      "user-agent",     "keep-alive"};

bool is_token_char(unsigned char c) {
  return std::isalnum(c) != 0 ||
         std::string_view{"!#$%&'*+-.^_`|~"}.find(static_cast<char>(c)) != std::string_view::npos;
}

}  // namespace

result<std::shared_ptr<boost::asio::ssl::context>, std::string> webhook_trust(
    std::string const& ca_file) {
  using made = result<std::shared_ptr<boost::asio::ssl::context>, std::string>;
  namespace ssl = boost::asio::ssl;
  auto trust = std::make_shared<ssl::context>(ssl::context::tls_client);
  trust->set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                     ssl::context::no_tlsv1_1);
  trust->set_verify_mode(ssl::verify_peer);
  boost::system::error_code ec;
  if (ca_file.empty()) {
    trust->set_default_verify_paths(ec);
  } else {
    trust->load_verify_file(ca_file, ec);
  }
  if (ec) return made{boost::system::in_place_error, "cannot be read as certificates: " + ca_file};
  return made{boost::system::in_place_value, std::move(trust)};
}

bool may_set_header(std::string_view name, std::string_view value) {
  std::string lower{name};
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  bool const token = !name.empty() && std::ranges::all_of(lower, is_token_char);
  bool const free = std::ranges::find(ours, lower) == ours.end() &&
                    !lower.starts_with("x-retrylab-") && !lower.starts_with("webhook-");
  bool const line = std::ranges::all_of(
      value, [](unsigned char c) { return c == '\t' || (c >= 0x20 && c != 0x7f); });
  return token && free && line;
}

}  // namespace retrylab
