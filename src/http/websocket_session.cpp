#include "http/websocket_session.hpp"

#include "actors/runtime/bounded_queue.hpp"
#include "events/core/limits.hpp"
#include "http/subscription.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <spdlog/spdlog.h>

namespace retrylab {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using stream = websocket::stream<asio::ip::tcp::socket&>;
using asio::experimental::awaitable_operators::operator&&;  // NOLINT(misc-unused-using-decls)

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t inbox =
    16;  // signals; a client that subscribes faster than it is served is refused
constexpr websocket::close_code lagged{4008};

// Why the write loop wakes: the client subscribed, or the feed has something (no text).
struct wake_up {
  std::optional<subscription> subscribed{};
};

struct session {
  stream& ws;
  server_context& server;
  connections::handle entry;
  bounded_queue<wake_up> wake_ups{inbox};
  std::optional<subscription> sub{};
  seq cursor{};
  bool rung = false;
  websocket::close_reason reason{websocket::close_code::normal};

  session(stream& s, server_context& c, connections::handle e) : ws(s), server(c), entry(e) {}
  live_feed& feed() const { return server.core.feed(); }
  timestamp now() const { return server.core.ports().time.now(); }
};

shared_frame shared(frame f) { return std::make_shared<frame const>(std::move(f)); }

// Ends both loops. The write loop sends the close frame.
void finish(session& s, websocket::close_code code, std::string_view why) {
  if (!s.wake_ups.closed())
    s.reason = websocket::close_reason{
        code, beast::string_view{why.data(), std::min<std::size_t>(why.size(), 120)}};
  s.wake_ups.close();
}

asio::awaitable<void> read_loop(session& s) {
  beast::flat_buffer buffer;
  for (;;) {
    auto const [ec, n] = co_await s.ws.async_read(buffer, quietly);
    if (ec || s.wake_ups.closed()) break;
    auto sub = read_subscription({static_cast<char const*>(buffer.data().data()), n});
    buffer.consume(n);
    if (!sub || !s.ws.got_text()) {
      finish(s, websocket::close_code::policy_error, sub ? "send text" : sub.error());
      co_return;
    }
    wake_up signal;
    signal.subscribed = std::move(*sub);
    if (!s.wake_ups.try_push(std::move(signal))) {
      finish(s, websocket::close_code::policy_error, "too many subscriptions at once");
      co_return;
    }
  }
  finish(s, websocket::close_code::normal, "");
}

asio::awaitable<bool> write_frame(session& s, shared_frame f) {
  s.server.open.allow(s.entry, limits::websocket_stall);
  auto const [ec, n] = co_await s.ws.async_write(asio::buffer(f->text), quietly);
  s.server.open.allow_any(s.entry);
  if (ec && s.entry->timed_out) {
    spdlog::warn("a WebSocket subscriber that took nothing is dropped (lagged)");
    finish(s, lagged, "lagged");
  }
  if (!ec) s.cursor = f->seq;
  co_return !ec;
}

asio::awaitable<shared_frame> first_frame(session& s) {
  auto read = [now = s.now()](readers& r) { return r.jobs->counts(now); };
  auto const counts = co_await read_in(s.server.core.ports().reads, s.server.core.ports().io, read);
  status_counts const total = counts && *counts ? (*counts)->total : status_counts{};
  s.cursor = s.feed().newest();
  co_return shared(hello_frame(s.cursor, total));
}

// From the store, when the feed no longer reaches back to the cursor.
asio::awaitable<shared_frame> catch_up(session& s) {
  auto read = [sub = *s.sub, cursor = s.cursor, now = s.now()](readers& r) {
    return stored_frame(sub, r, cursor, now);
  };
  auto const made = co_await read_in(s.server.core.ports().reads, s.server.core.ports().io, read);
  if (made && *made) co_return shared(**made);
  co_return shared(reset_frame(s.cursor, s.feed().newest()));
}

asio::awaitable<shared_frame> next_frame(session& s) {
  if (s.cursor > s.feed().newest()) co_return nullptr;  // read from the store, ahead of the feed
  if (!s.feed().holds(s.cursor)) co_return co_await catch_up(s);
  co_return s.server.news.frame_from(s.cursor, *s.sub, s.now());
}

asio::awaitable<bool> subscribe(session& s, subscription wanted) {
  s.sub = std::move(wanted);
  shared_frame answer;
  if (!s.sub->after) {
    answer = co_await first_frame(s);
  } else if (*s.sub->after > s.feed().newest()) {
    answer = shared(reset_frame(*s.sub->after, s.feed().newest()));
  } else {
    s.cursor = *s.sub->after;
    answer = co_await next_frame(s);
    if (!answer) answer = shared(empty_frame(s.cursor));
  }
  co_return co_await write_frame(s, std::move(answer));
}

asio::awaitable<void> write_loop(session& s) {
  for (;;) {
    auto signal = co_await s.wake_ups.pop();
    if (!signal) break;
    if (signal->subscribed) {
      bool const answered = co_await subscribe(s, std::move(*signal->subscribed));
      if (!answered) break;
    } else {
      s.rung = false;
    }
    if (!s.sub) continue;
    auto made = co_await next_frame(s);
    if (!made) continue;
    bool const written = co_await write_frame(s, std::move(made));
    if (!written) break;
    if (s.cursor < s.feed().newest()) s.server.news.again();
  }
  finish(s, websocket::close_code::normal, "");
  s.server.open.allow(s.entry, limits::write_time);
  co_await s.ws.async_close(s.reason, quietly);
  beast::error_code ignored;
  s.ws.next_layer().close(ignored);
}

void ring(session& s) {
  if (s.rung || s.wake_ups.closed()) return;
  s.rung = s.wake_ups.try_push(wake_up{});
}

}  // namespace

asio::awaitable<void> run_websocket_session(asio::ip::tcp::socket& socket,
                                            beast::http::request<beast::http::empty_body> upgrade,
                                            server_context& server, connections::handle entry) {
  stream ws{socket};
  websocket::stream_base::timeout const times{limits::websocket_handshake,
                                              2 * limits::websocket_ping, true};
  ws.set_option(times);
  ws.read_message_max(limits::websocket_message_bytes);
  ws.text(true);
  ws.auto_fragment(false);
  auto const [ec] = co_await ws.async_accept(upgrade, quietly);
  if (ec) co_return;
  session s{ws, server, entry};
  std::uint64_t const bell = server.news.hang([&s] { ring(s); });
  entry->say_goodbye = [&s] { finish(s, websocket::close_code::going_away, "the server stops"); };
  co_await (read_loop(s) && write_loop(s));
  entry->say_goodbye = nullptr;
  server.news.take_off(bell);
}

}  // namespace retrylab
