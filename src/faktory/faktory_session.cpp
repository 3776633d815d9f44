#include "faktory/faktory_session.hpp"

#include "events/core/limits.hpp"
#include "faktory/command.hpp"
#include "faktory/session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace retrylab {
namespace {

namespace asio = boost::asio;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_step = 64 * 1024;
constexpr std::size_t write_step = 256 * 1024;  // replies gathered before they are written

asio::awaitable<bool> read_some(faktory_session& s) {
  auto const room = s.reader.prepare(read_step);
  auto const [ec, n] =
      co_await s.socket.async_read_some(asio::buffer(room.data(), room.size()), quietly);
  s.reader.commit(n);
  co_return !ec;
}

asio::awaitable<bool> write_out(faktory_session& s) {
  if (s.out.empty()) co_return true;
  auto const [ec, n] = co_await asio::async_write(s.socket, asio::buffer(s.out), quietly);
  s.out.clear();
  co_return !ec;
}

// The first line, or nothing when none came in time.
asio::awaitable<std::optional<std::string>> first_line(faktory_session& s) {
  asio::steady_timer timer{s.socket.get_executor(), limits::faktory_handshake};
  timer.async_wait([&socket = s.socket](boost::system::error_code ec) {
    if (ec) return;
    boost::system::error_code ignored;
    socket.shutdown(asio::socket_base::shutdown_both, ignored);
  });
  for (;;) {
    read_line const line = s.reader.next();
    if (line.state == line_state::complete) co_return std::string{line.text};
    if (line.state == line_state::too_long) co_return std::nullopt;
    bool const more = co_await read_some(s);
    if (!more) co_return std::nullopt;
  }
}

std::optional<challenge> draw_challenge(faktory_context& context) {
  if (!context.password) return std::nullopt;
  // Any numbers do that an onlooker cannot choose; each connection gets others.
  std::string const drawn = password_hash(
      std::to_string(context.salt_seed) + "/" + std::to_string(context.accepted), "", 1);
  return make_challenge(std::stoull(drawn.substr(0, 15), nullptr, 16),
                        std::stoull(drawn.substr(15, 15), nullptr, 16));
}

void introduce(faktory_session& s) {
  s.entry->wid = s.worker = s.who.wid;
  if (s.worker.empty()) {
    s.worker.append(unnamed_worker).append(std::to_string(s.core().epoch()));
    s.worker.append("-").append(std::to_string(s.context.accepted));
    return;
  }
  worker_about about;
  about.name = s.who.wid;
  about.host = s.who.hostname;
  about.pid = s.who.pid;
  about.labels = s.who.labels;
  about.protocol = "faktory";
  s.core().known().connected(std::move(about));
}

asio::awaitable<bool> shake_hands(faktory_session& s) {
  auto const asked = draw_challenge(s.context);
  append_hi(s.out, asked);
  bool const sent = co_await write_out(s);
  if (!sent) co_return false;
  auto const line = co_await first_line(s);
  if (!line || !line->starts_with("HELLO {")) co_return false;
  auto said = parse_hello(*line);
  bool good = said.has_value();
  if (!good) {
    append_error(s.out, said.error());
  } else if (asked && !answers(*said, *asked, *s.context.password)) {
    append_error(s.out, refuse(invalid_password));
    good = false;
  } else if (s.context.open.size() > limits::faktory_connections) {
    append_ok(s.out);
    append_error(s.out, refuse("too many connections: " + std::to_string(s.context.open.size())));
    good = false;
  } else {
    append_ok(s.out);
    s.who = std::move(*said);
  }
  bool const told = co_await write_out(s);
  if (good && told) introduce(s);
  co_return good&& told;
}

command_done run(faktory_session& s, command const& c) {
  if (!s.who.wid.empty()) s.core().known().seen(s.who.wid);
  switch (c.verb) {
    case verb::pushb:
      co_return co_await run_pushb(s, c.rest);
    case verb::fetch:
      co_return co_await run_fetch(s, c.rest);
    case verb::ack:
      co_return co_await run_ack(s, c.rest);
    case verb::fail:
      co_return co_await run_fail(s, c.rest);
    case verb::beat:
      co_return co_await run_beat(s, c.rest);
    case verb::info:
      co_return co_await run_info(s);
    case verb::flush:
      co_return co_await run_flush(s);
    case verb::queue:
      co_return co_await run_queue(s, c.rest);
    case verb::mutate:
      co_return co_await run_mutate(s, c.rest);
    case verb::track:
      co_return co_await run_track(s, c.rest);
    case verb::batch:
      co_return co_await run_batch(s, c.rest);
    case verb::end:
      s.ended = true;
      co_return;
    case verb::hello:
    case verb::push:
    case verb::unknown:
      append_error(s.out, refuse(unknown_command(c)));
      co_return;
  }
}

// Everything that has arrived. False: the connection is to be closed.
asio::awaitable<bool> run_lines(faktory_session& s) {
  for (;;) {
    read_line const line = s.reader.next();
    if (line.state != line_state::complete) {
      co_await write_pushed(s);
      if (line.state == line_state::too_long) append_error(s.out, refuse("the line is too long"));
      co_return line.state != line_state::too_long;
    }
    ++s.context.commands;
    command const c = parse_command(line.text);
    if (c.verb == verb::push) {
      gather_push(s, c.rest);
      if (s.pushed.size() >= limits::bulk_jobs) co_await write_pushed(s);
      continue;
    }
    co_await write_pushed(s);
    co_await run(s, c);
    if (s.ended) co_return false;
    if (s.out.size() < write_step) continue;
    bool const sent = co_await write_out(s);
    if (!sent) co_return false;
  }
}

void leave(faktory_session& s) {
  if (!s.who.wid.empty()) s.core().known().disconnected(s.who.wid);
  s.context.open.erase(s.entry);
}

}  // namespace

asio::awaitable<ask_answer> ask_job(engine& core, job_id job, job_command command) {
  auto start = [&core, job, command = std::move(command)](completion<ask_answer> waiting) mutable {
    core.jobs().ask(job, std::move(command), std::move(waiting).as_callback());
  };
  co_return co_await suspend_with<ask_answer>(std::move(start));
}

asio::awaitable<void> run_faktory_session(asio::ip::tcp::socket socket, faktory_context& context) {
  faktory_session s{std::move(socket), context,
                    context.open.insert(context.open.end(), faktory_connection{})};
  s.entry->socket = &s.socket;
  ++context.accepted;
  boost::system::error_code ignored;
  s.socket.set_option(asio::ip::tcp::no_delay{true}, ignored);
  bool open = co_await shake_hands(s);
  while (open && !context.shutting_down) {
    // What came behind HELLO is there already.
    s.entry->busy = true;
    open = co_await run_lines(s);
    bool const sent = co_await write_out(s);
    s.entry->busy = false;
    if (!open || !sent) break;
    if (context.shutting_down) break;
    open = co_await read_some(s);
  }
  leave(s);
}

}  // namespace retrylab
