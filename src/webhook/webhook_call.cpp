#include "webhook/webhook_call.hpp"

#include "events/core/limits.hpp"
#include "webhook/public_address.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

namespace retrylab {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr unsigned informational_max = 8;

}  // namespace

webhook_call::webhook_call(asio::any_io_executor const& io, webhook_handler const& handler,
                           webhook_request request)
    : resolver_(io), socket_(io), handler_(handler), request_(std::move(request)) {}

void webhook_call::abort() {
  error_code ignored;
  resolver_.cancel();
  socket_.close(ignored);
}

job_error webhook_call::failed(char const* type, std::string const& why) const {
  return {type, handler_.target.shown + ": " + why, {}};
}

asio::awaitable<result<webhook_call::endpoints, job_error>> webhook_call::resolve() {
  auto const flags = asio::ip::resolver_base::numeric_service;
  auto const [ec, found] =
      co_await resolver_.async_resolve(handler_.target.host, handler_.target.port, flags, quietly);
  if (ec) co_return failed("Resolve", ec.message());
  endpoints allowed;
  std::string refused;
  for (auto const& entry : found) {
    asio::ip::tcp::endpoint const endpoint = entry.endpoint();
    if (handler_.private_network || is_public(endpoint.address())) {
      allowed.push_back(endpoint);
    } else {
      refused = endpoint.address().to_string();
    }
  }
  if (!allowed.empty()) co_return allowed;
  co_return failed("AddressRefused",
                   refused + " is not a public address, and private_network is not set");
}

asio::awaitable<call_answer> webhook_call::run(std::shared_ptr<webhook_call> call) {
  auto const addresses = co_await call->resolve();
  if (!addresses) co_return addresses.error();
  auto const [ec, chosen] = co_await asio::async_connect(call->socket_, *addresses, quietly);
  if (ec) co_return call->failed("Connect", ec.message());
  error_code ignored;
  call->socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
  if (call->handler_.target.tls) co_return co_await call->talk_tls();
  co_return co_await call->talk(call->socket_);
}

asio::awaitable<call_answer> webhook_call::talk_tls() {
  asio::ssl::stream<asio::ip::tcp::socket&> stream{socket_, *handler_.trust};
  std::string const& host = handler_.target.host;
  error_code not_an_address;
  static_cast<void>(asio::ip::make_address(host, not_an_address));
  if (not_an_address) SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
  stream.set_verify_callback(asio::ssl::host_name_verification{host});
  auto const [ec] = co_await stream.async_handshake(asio::ssl::stream_base::client, quietly);
  if (ec) co_return failed("Tls", ec.message());
  co_return co_await talk(stream);
}

template <class Stream>
asio::awaitable<call_answer> webhook_call::talk(Stream& stream) {
  auto const [sent, bytes] = co_await http::async_write(stream, request_, quietly);
  if (sent) co_return failed("Send", sent.message());
  beast::flat_buffer buffer{limits::webhook_head_bytes + limits::webhook_body_bytes};
  std::optional<http::response_parser<http::buffer_body>> parser;
  for (unsigned i = 0; i < informational_max; ++i) {
    parser.emplace();
    parser->header_limit(limits::webhook_head_bytes);
    parser->body_limit(boost::none);
    auto const [ec, n] = co_await http::async_read_header(stream, buffer, *parser, quietly);
    if (ec) co_return failed("Receive", ec.message());
    if (parser->get().result_int() / 100 != 1) break;
  }
  if (parser->get().result_int() / 100 == 1) co_return failed("Receive", "no final answer came");
  webhook_answer answer;
  answer.status = parser->get().result_int();
  answer.retry_after = std::string{parser->get()[http::field::retry_after]};
  answer.body.resize(limits::webhook_body_bytes);
  parser->get().body().data = answer.body.data();
  parser->get().body().size = answer.body.size();
  parser->get().body().more = false;
  auto const [ec, n] = co_await http::async_read(stream, buffer, *parser, quietly);
  // The status has decided; a body that ends early is a shorter one.
  answer.cut = static_cast<bool>(ec);
  answer.body.resize(limits::webhook_body_bytes - parser->get().body().size);
  co_return answer;
}

}  // namespace retrylab
