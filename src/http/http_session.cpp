#include "http/http_session.hpp"

#include "events/core/limits.hpp"
#include "http/framing_gate.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"
#include "http/websocket_session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <array>

namespace retrylab {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_size = 16 * 1024;
constexpr std::string_view header_end = "\r\n\r\n";
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

// The entry of a connection in the table of those that are open, for as long as the session lives.
class registration {
 public:
  registration(connections& all, tcp::socket& socket) : all_(all), entry_(all.add(socket)) {}
  ~registration() { all_.remove(entry_); }
  registration(registration const&) = delete;
  registration& operator=(registration const&) = delete;
  [[nodiscard]] connections::handle entry() const { return entry_; }

 private:
  connections& all_;
  connections::handle entry_;
};

// What a session holds between its steps.
struct session {
  tcp::socket socket;
  server_context& server;
  registration registered;
  std::string input{};

  session(tcp::socket s, server_context& c)
      : socket(std::move(s)), server(c), registered(c.open, socket) {}
  [[nodiscard]] connections::handle entry() const { return registered.entry(); }
};

using header_parser = http::request_parser<http::empty_body>;

std::optional<std::string> field(header_parser::value_type const& message, std::string_view name) {
  auto const found = message.find(beast::string_view{name.data(), name.size()});
  if (found == message.end()) return std::nullopt;
  return std::string{found->value().data(), found->value().size()};
}

// The parser checks the grammar that the gate does not. Nothing when it is refused.
std::optional<request> read_header(header_parser& parser, std::string_view header) {
  beast::error_code ec;
  parser.skip(true);  // the body is ours: its length is known
  parser.header_limit(static_cast<std::uint32_t>(limits::header_bytes));
  parser.put(asio::buffer(header), ec);
  if (ec || !parser.is_header_done()) return std::nullopt;
  auto const& message = parser.get();
  auto const target = boost::urls::parse_origin_form(message.target());
  if (!target) return std::nullopt;
  request req;
  req.method = std::string{message.method_string()};
  req.path = target->path();
  for (auto const& param : target->params()) {
    if (!param.key.empty() || param.has_value)  // "/jobs?" and "a=1&&b=2" name nothing
      req.query.emplace_back(param.key, param.value);
  }
  req.host = field(message, "Host").value_or("");
  req.origin = field(message, "Origin");
  req.sec_fetch_site = field(message, "Sec-Fetch-Site");
  req.idempotency_key = field(message, "Idempotency-Key");
  req.accepts_gzip =
      field(message, "Accept-Encoding").value_or("").find("gzip") != std::string::npos;
  req.keep_alive = message.keep_alive();
  return req;
}

asio::awaitable<bool> read_some(session& s) {
  std::array<char, read_size> chunk;
  auto const [ec, n] = co_await s.socket.async_read_some(asio::buffer(chunk), quietly);
  if (ec) co_return false;
  s.input.append(chunk.data(), n);
  co_return true;
}

asio::awaitable<bool> write_all(session& s, std::string_view text) {
  s.server.open.allow(s.entry(), limits::write_time);
  auto const [ec, n] = co_await asio::async_write(s.socket, asio::buffer(text), quietly);
  co_return !ec;
}

asio::awaitable<bool> send(session& s, response answer, bool keep_alive, bool head) {
  if (answer.lost) co_return false;
  std::string const text = serialize(answer, keep_alive, head);
  bool const written = co_await write_all(s, text);
  co_return written&& keep_alive;
}

asio::awaitable<bool> send_error(session& s, unsigned status, std::string detail) {
  response answer = problem(status, detail);
  co_return co_await send(s, std::move(answer), false, false);
}

// The size of the next request's header, once all of it is there. 0: the connection is over.
asio::awaitable<std::size_t> read_until_header(session& s) {
  bool const waiting = s.input.empty();
  s.entry()->idle = waiting;
  s.server.open.allow(s.entry(), waiting ? std::chrono::milliseconds{limits::idle_time}
                                         : std::chrono::milliseconds{limits::header_time});
  for (bool first = waiting;; first = false) {
    std::size_t const end = s.input.find(header_end);
    if (end != std::string::npos && end + header_end.size() <= limits::header_bytes)
      co_return end + header_end.size();
    if (s.input.size() > limits::header_bytes) {
      co_await send_error(
          s, 431, "the header is larger than " + std::to_string(limits::header_bytes) + " bytes");
      co_return 0;
    }
    bool const more = co_await read_some(s);
    if (!more) {
      if (s.entry()->timed_out && !s.input.empty())
        co_await send_error(s, 408, "the header did not arrive in time");
      co_return 0;
    }
    if (first) {
      s.entry()->idle = false;
      s.server.open.allow(s.entry(), limits::header_time);
    }
  }
}

asio::awaitable<bool> read_body(session& s, std::size_t until, bool expects_continue) {
  if (s.input.size() >= until) co_return true;
  if (expects_continue) {
    bool const told = co_await write_all(s, continue_line);
    if (!told) co_return false;
  }
  s.server.open.allow(s.entry(), limits::body_time);
  while (s.input.size() < until) {
    std::size_t const had = s.input.size();
    s.input.resize(std::min(until, had + limits::body_step));
    auto const rest = asio::buffer(s.input.data() + had, s.input.size() - had);
    auto const [ec, n] = co_await asio::async_read(s.socket, rest, quietly);
    if (!ec) continue;
    if (s.entry()->timed_out) co_await send_error(s, 408, "the body did not arrive in time");
    co_return false;
  }
  co_return true;
}

bool is_websocket(header_parser::value_type const& message, request const& req) {
  return req.path == "/ws" && beast::websocket::is_upgrade(message);
}

asio::awaitable<void> upgrade(session& s, header_parser& parser, request const& req) {
  if (!is_own_host(req.host, s.server.port)) {
    co_await send_error(s, 421, "this server is not " + req.host);
  } else if (is_cross_origin(req)) {
    co_await send_error(s, 403, "pages of another origin are refused");
  } else {
    s.server.open.allow_any(s.entry());
    co_await run_websocket_session(s.socket, parser.release(), s.server, s.entry());
  }
}

// One request. False: the connection is over.
asio::awaitable<bool> serve_one(session& s) {
  std::size_t const header_size = co_await read_until_header(s);
  if (header_size == 0) co_return false;
  framing const frame = check_framing(std::string_view{s.input}.substr(0, header_size));
  if (frame.error) co_return co_await send_error(s, frame.error->status, frame.error->detail);
  header_parser parser;
  auto req = read_header(parser, std::string_view{s.input}.substr(0, header_size));
  if (!req)
    co_return co_await send_error(s, 400, "the request line or a header field is malformed");
  if (is_websocket(parser.get(), *req)) {
    co_await upgrade(s, parser, *req);
    co_return false;
  }
  bool const expects = field(parser.get(), "Expect").value_or("") == "100-continue";
  bool const complete = co_await read_body(s, header_size + frame.content_length, expects);
  if (!complete) co_return false;
  s.server.open.allow_any(s.entry());
  req->body = s.input.substr(header_size, frame.content_length);
  s.input.erase(0, header_size + frame.content_length);
  response answer = co_await dispatch(*req, s.server);
  bool const keep = req->keep_alive && !s.server.open.shutting_down();
  co_return co_await send(s, std::move(answer), keep, req->method == "HEAD");
}

}  // namespace

asio::awaitable<void> run_http_session(tcp::socket socket, server_context& server) {
  beast::error_code ignored;
  socket.set_option(tcp::no_delay{true}, ignored);
  session s{std::move(socket), server};
  for (bool open = true; open;) open = co_await serve_one(s);
  s.socket.shutdown(tcp::socket::shutdown_send, ignored);
}

}  // namespace retrylab
