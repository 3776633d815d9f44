#include "worker/faktory_client.hpp"

#include "events/core/limits.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"
#include "faktory/handshake.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <charconv>

namespace retrylab {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view line_end = "\r\n";

// Closes the socket when it is not destroyed in time.
class time_limit {
 public:
  explicit time_limit(asio::ip::tcp::socket& socket)
      : timer_(socket.get_executor(), limits::worker_reply) {
    timer_.async_wait([&socket](error_code ec) {
      if (ec) return;
      error_code ignored;
      socket.close(ignored);
    });
  }

 private:
  asio::steady_timer timer_;
};

}  // namespace

faktory_client::faktory_client(asio::any_io_executor io, server_url server, worker_identity who)
    : io_(std::move(io)), server_(std::move(server)), who_(std::move(who)), socket_(io_) {}

faktory_client::reply_result faktory_client::broken(std::string const& why) {
  error_code ignored;
  socket_.close(ignored);
  return reply_result{boost::system::in_place_error, server_.shown + ": " + why};
}

asio::awaitable<std::optional<std::string>> faktory_client::connect() {
  asio::ip::tcp::resolver resolver{io_};
  auto const [unknown, places] =
      co_await resolver.async_resolve(server_.host, server_.port, quietly);
  if (unknown) co_return broken(unknown.message()).error();
  auto const [ec, chosen] = co_await asio::async_connect(socket_, places, quietly);
  if (ec) co_return broken(ec.message()).error();
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
  co_return std::nullopt;
}

asio::awaitable<std::optional<std::string>> faktory_client::open() {
  time_limit const limit{socket_};
  input_.clear();
  auto const failed = co_await connect();
  if (failed) co_return failed;
  auto const greeting = co_await read_reply();
  if (!greeting) co_return greeting.error();
  auto const hello = hello_for(greeting->text);
  if (!hello) co_return broken(hello.error()).error();
  auto const answer = co_await exchange(*hello);
  if (!answer) co_return answer.error();
  if (answer->what == faktory_reply::kind::error) co_return broken(answer->text).error();
  co_return std::nullopt;
}

result<std::string, std::string> faktory_client::hello_for(std::string_view greeting) const {
  using hello_line = result<std::string, std::string>;
  hello_line stranger{boost::system::in_place_error, "does not speak the protocol"};
  if (!greeting.starts_with("HI {")) return stranger;
  json_fields f{greeting.substr(3)};
  auto const salt = f.optional<std::string>("s");
  auto const iterations = f.in_range("i", 1, limits::worker_hash_iterations);
  if (!f.ok()) return stranger;
  std::string line = "HELLO ";
  json_writer w{line};
  w.number("v", 2).string("hostname", who_.hostname).string("wid", who_.wid);
  w.number("pid", who_.pid).strings("labels", who_.labels).number("retrylab", 1);
  if (salt) {
    auto const rounds = static_cast<unsigned>(iterations.value_or(1));
    w.string("pwdhash", password_hash(server_.password, *salt, rounds));
  }
  w.close();
  return hello_line{boost::system::in_place_value, std::move(line)};
}

asio::awaitable<faktory_client::reply_result> faktory_client::call(std::string line) {
  time_limit const limit{socket_};
  co_return co_await exchange(std::move(line));
}

asio::awaitable<faktory_client::reply_result> faktory_client::exchange(std::string line) {
  line += line_end;
  auto const [ec, written] = co_await asio::async_write(socket_, asio::buffer(line), quietly);
  if (ec) co_return broken(ec.message());
  co_return co_await read_reply();
}

asio::awaitable<faktory_client::reply_result> faktory_client::read_reply() {
  auto buffer = asio::dynamic_buffer(input_, limits::faktory_line_bytes);
  auto const [ec, bytes] = co_await asio::async_read_until(socket_, buffer, line_end, quietly);
  if (ec) co_return broken(ec.message());
  std::string const line = input_.substr(0, bytes - line_end.size());
  buffer.consume(bytes);
  faktory_reply got;
  if (line == "$-1") co_return got;
  if (line.starts_with('+') || line.starts_with('-')) {
    got.what = line.front() == '+' ? faktory_reply::kind::text : faktory_reply::kind::error;
    got.text = line.substr(1);
    co_return got;
  }
  std::size_t size = 0;
  auto const [end, bad] = std::from_chars(line.data() + 1, line.data() + line.size(), size);
  bool const is_bulk = line.starts_with('$') && bad == std::errc{} &&
                       end == line.data() + line.size() && size <= limits::faktory_line_bytes;
  if (!is_bulk) co_return broken("does not speak the protocol");
  std::size_t const whole = size + line_end.size();
  if (input_.size() < whole) {
    std::size_t const missing = whole - input_.size();
    auto const [cut, read] =
        co_await asio::async_read(socket_, buffer, asio::transfer_exactly(missing), quietly);
    if (cut) co_return broken(cut.message());
  }
  got.what = faktory_reply::kind::bulk;
  got.text = input_.substr(0, size);
  buffer.consume(whole);
  co_return got;
}

void faktory_client::close() {
  error_code ignored;
  if (socket_.is_open()) socket_.write_some(asio::buffer(std::string_view{"END\r\n"}), ignored);
  socket_.close(ignored);
}

}  // namespace retrylab
