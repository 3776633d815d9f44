#pragma once
// One request and its answer, on a connection of its own: resolve, look at the addresses, connect
// to one of those that were looked at, send, read. Io thread only.

#include "webhook/webhook_answer.hpp"
#include "webhook/webhook_handler.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <memory>

namespace retrylab {

using webhook_request = boost::beast::http::request<boost::beast::http::string_body>;
// The error is how far it came.
using call_answer = result<webhook_answer, job_error>;

class webhook_call {
 public:
  // `handler` outlives the call.
  webhook_call(boost::asio::any_io_executor const& io, webhook_handler const& handler,
               webhook_request request);
  webhook_call(webhook_call const&) = delete;
  webhook_call& operator=(webhook_call const&) = delete;

  // `call` lives until the end.
  [[nodiscard]] static boost::asio::awaitable<call_answer> run(std::shared_ptr<webhook_call> call);
  // run() ends soon, with an error.
  void abort();

 private:
  using endpoints = std::vector<boost::asio::ip::tcp::endpoint>;
  [[nodiscard]] job_error failed(char const* type, std::string const& why) const;
  boost::asio::awaitable<result<endpoints, job_error>> resolve();
  boost::asio::awaitable<call_answer> talk_tls();
  template <class Stream>
  boost::asio::awaitable<call_answer> talk(Stream& stream);

  boost::asio::ip::tcp::resolver resolver_;
  boost::asio::ip::tcp::socket socket_;
  webhook_handler const& handler_;
  webhook_request request_;
};

}  // namespace retrylab
