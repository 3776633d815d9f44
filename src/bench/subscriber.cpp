#include "bench/subscriber.hpp"

#include "bench/websocket_frames.hpp"
#include "events/core/time.hpp"

#include <boost/asio/write.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <cstring>

namespace retrylab::bench {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using boost::system::error_code;

constexpr std::size_t room_min = 64 * 1024;
constexpr std::string_view subscription = R"({"subscribe":["jobs","events","stats"]})";

void record_delay(json::value const& event, timestamp now, histogram& delay) {
  json::object const* const fields = event.if_object();
  json::value const* const at = fields ? fields->if_contains("at") : nullptr;
  if (!at || !at->is_string()) return;
  auto const text = at->get_string();
  auto const then = parse_rfc3339({text.data(), text.size()});
  if (then)
    delay.record(static_cast<std::uint64_t>(std::max(now - *then, microseconds{0}).count()));
}

}  // namespace

std::optional<bench_failure> subscriber::connect(asio::ip::tcp::endpoint const& at) {
  error_code ec;
  socket_.connect(at, ec);
  if (ec) return bench_failure{"/ws: " + ec.message()};
  asio::write(socket_,
              asio::buffer("GET " + to_.base + "/ws HTTP/1.1\r\nHost: " + to_.authority +
                           "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Key: cmV0cnlsYWItYmVuY2gtMQ==\r\n"
                           "Sec-WebSocket-Version: 13\r\n\r\n"),
              ec);
  response_reader reader;
  read_state state = read_state::incomplete;
  while (!ec && state == read_state::incomplete) {
    std::span<char> const room = reader.space();
    reader.commit(socket_.read_some(asio::buffer(room.data(), room.size()), ec));
    state = reader.next();
  }
  if (ec) return bench_failure{"/ws: " + ec.message()};
  if (state == read_state::malformed || reader.last().status != 101)
    return bench_failure{"/ws: status " + std::to_string(reader.last().status)};
  std::string_view const rest = reader.rest();
  buffer_.assign(rest.begin(), rest.end());
  end_ = rest.size();
  asio::write(socket_, asio::buffer(client_frame(opcode::text, subscription)), ec);
  if (ec) return bench_failure{"/ws: " + ec.message()};
  return std::nullopt;
}

void subscriber::receive() {
  if (buffer_.size() - end_ < room_min && begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() - end_ < room_min) buffer_.resize(2 * buffer_.size() + room_min);
  socket_.async_read_some(asio::buffer(buffer_.data() + end_, buffer_.size() - end_),
                          [this](error_code ec, std::size_t n) {
                            if (ec == asio::error::operation_aborted) return;
                            if (ec) {
                              ++tally_.closed;
                              return;
                            }
                            end_ += n;
                            read_frames();
                            receive();
                          });
}

void subscriber::read_frames() {
  while (auto const frame = first_frame({buffer_.data() + begin_, end_ - begin_})) {
    begin_ += frame->size;
    if (frame->kind == opcode::text) read_message(frame->payload);
    if (frame->kind != opcode::ping) continue;
    error_code ignored;  // a broken connection shows when it is read
    asio::write(socket_, asio::buffer(client_frame(opcode::pong, frame->payload)), ignored);
  }
}

void subscriber::read_message(std::string_view text) {
  auto const place = place_of(text);
  if (!place) return;
  ++tally_.frames;
  tally_.bytes += text.size();
  if (place->reset) {
    ++tally_.resets;
  } else if (seq_ != 0 && place->prev != seq_) {
    ++tally_.gaps;
  } else {
    tally_.events += place->seq - place->prev;
  }
  seq_ = place->seq;
  if (what_ == reads::every_event) read_delays(text);
}

void subscriber::read_delays(std::string_view text) {
  timestamp const now = std::chrono::floor<microseconds>(std::chrono::system_clock::now());
  json::monotonic_resource memory;
  error_code ec;
  json::value const parsed = json::parse(json::string_view{text.data(), text.size()}, ec, &memory);
  json::object const* const frame = parsed.if_object();
  json::value const* const events = !ec && frame ? frame->if_contains("events") : nullptr;
  if (!events || !events->is_array()) return;
  for (json::value const& event : events->get_array()) record_delay(event, now, tally_.delay);
}

}  // namespace retrylab::bench
