#include "worker/server_url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace retrylab {
namespace {

using answer = result<server_url, std::string>;

answer wrong(char const* why) { return answer{boost::system::in_place_error, why}; }

}  // namespace

answer parse_server_url(std::string_view text) {
  auto const parsed = boost::urls::parse_uri(text);
  if (!parsed) return wrong("must be an URL as in tcp://127.0.0.1:7419");
  boost::urls::url_view const& url = *parsed;
  if (url.scheme() == "tcp+tls") return wrong("tcp+tls is not supported: put a tunnel before it");
  if (url.scheme() != "tcp") return wrong("must begin with tcp://");
  if (url.host_name().empty() && url.host_address().empty()) return wrong("names no host");
  if (!url.encoded_path().empty() && url.encoded_path() != "/") return wrong("must have no path");
  if (url.has_query() || url.has_fragment()) return wrong("must end with the port");
  if (url.has_port() && url.port_number() == 0) return wrong("must have a port from 1 to 65535");
  server_url out;
  out.host = url.host_address();
  if (url.has_port()) out.port = url.port();
  out.password = url.password();
  out.shown = std::string{url.encoded_host()} + ":" + out.port;
  return out;
}

}  // namespace retrylab
