#include "webhook/webhook_target.hpp"

#include <boost/url/parse.hpp>

#include <charconv>

namespace retrylab {
namespace {

bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port > 0;
}

}  // namespace

result<webhook_target, std::string> parse_webhook_url(std::string_view url) {
  using parsed = result<webhook_target, std::string>;
  auto const wrong = [](char const* why) { return parsed{boost::system::in_place_error, why}; };
  auto const view = boost::urls::parse_uri(url);
  if (!view) return wrong("is not a URL such as https://example.org/hooks");
  bool const tls = view->scheme() == "https";
  if (!tls && view->scheme() != "http") return wrong("must begin with http:// or https://");
  if (view->has_userinfo()) return wrong("must not name a user; a header can");
  if (view->has_fragment()) return wrong("must not have a fragment");
  if (view->encoded_host().empty()) return wrong("names no host");
  if (view->has_port() && !is_port(view->port())) return wrong("must have a port from 1 to 65535");
  webhook_target target;
  target.tls = tls;
  target.host =
      view->host_type() == boost::urls::host_type::name ? view->host() : view->host_address();
  target.port = view->has_port() ? std::string{view->port()} : std::string{tls ? "443" : "80"};
  target.authority = std::string{view->encoded_host_and_port()};
  std::string const path = view->encoded_path().empty() ? "/" : std::string{view->encoded_path()};
  target.path = path;
  if (view->has_query()) target.path.append("?").append(view->encoded_query());
  target.shown.append(view->scheme()).append("://").append(target.authority).append(path);
  return target;
}

}  // namespace retrylab
