#pragma once
// One connection to a server of the Faktory Work Protocol, for one command at a time
// (docs/faktory.md). Io thread only; must outlive its coroutines.

#include "worker/server_url.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <optional>
#include <vector>

namespace retrylab {

// Who a worker says it is; every connection of it says the same.
struct worker_identity {
  std::string wid;
  std::string hostname;
  std::int64_t pid = 0;
  std::vector<std::string> labels{};
};

struct faktory_reply {
  enum class kind : unsigned char { text, error, bulk, nil };
  kind what = kind::nil;
  std::string text{};
};

class faktory_client {
 public:
  faktory_client(boost::asio::any_io_executor io, server_url server, worker_identity who);
  faktory_client(faktory_client const&) = delete;
  faktory_client& operator=(faktory_client const&) = delete;

  // Connects and introduces itself. Nothing, or why not: a sentence.
  boost::asio::awaitable<std::optional<std::string>> open();
  [[nodiscard]] bool is_open() const { return socket_.is_open(); }
  // Sends a line and waits for its reply, limits::worker_reply at most. A connection that broke is
  // closed, and the error says why.
  boost::asio::awaitable<result<faktory_reply, std::string>> call(std::string line);
  // Says END and does not wait.
  void close();

 private:
  using reply_result = result<faktory_reply, std::string>;
  boost::asio::awaitable<std::optional<std::string>> connect();
  boost::asio::awaitable<reply_result> exchange(std::string line);
  boost::asio::awaitable<reply_result> read_reply();
  [[nodiscard]] result<std::string, std::string> hello_for(std::string_view greeting) const;
  reply_result broken(std::string const& why);

  boost::asio::any_io_executor io_;
  server_url server_;
  worker_identity who_;
  boost::asio::ip::tcp::socket socket_;
  std::string input_;
};

}  // namespace retrylab
