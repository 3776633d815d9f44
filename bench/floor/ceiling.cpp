// ceiling: the least a durable job server must do, and nothing else. Reads HTTP, parses the JSON,
// hands the rows to one storage thread that commits whatever waits (no timer, no window), and
// answers when they are on disk. No job state, no checks, no retries, no views: what is missing to
// this figure is what the product's logic costs.
//
//   POST /jobs        one job    -> 201 {"id":N}
//   POST /jobs/bulk   an array   -> 201 {"count":N,"first_id":N,"last_id":N}
//
// Prints a ready line as `retrylab serve` does, and stops at SIGTERM.

#include "floor/ceiling_storage.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace retrylab::floor {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using boost::system::error_code;
using tcp = asio::ip::tcp;

struct http_request {
  bool is_bulk = false;
  std::string_view body;
  std::size_t size = 0;  // of header and body; 0: not complete
};

// Knows only what the load generator sends.
http_request first_request(std::string_view bytes) {
  std::size_t const end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return {};
  std::string_view const header = bytes.substr(0, end);
  constexpr std::string_view field = "Content-Length: ";
  std::size_t length = 0;
  if (std::size_t const at = header.find(field); at != std::string_view::npos)
    std::from_chars(header.data() + at + field.size(), header.data() + header.size(), length);
  if (bytes.size() < end + 4 + length) return {};
  return {header.starts_with("POST /jobs/bulk "), bytes.substr(end + 4, length), end + 4 + length};
}

std::string created_answer(bool is_bulk, accepted const& jobs) {
  std::string const first = std::to_string(jobs.first);
  std::string const body =
      is_bulk ? "{\"count\":" + std::to_string(jobs.count) + ",\"first_id\":" + first +
                    ",\"last_id\":" + std::to_string(jobs.first + jobs.count - 1) + "}"
              : "{\"id\":" + first + "}";
  return "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

constexpr std::string_view bad_request = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";

// One connection; what is waiting for it keeps it alive.
class session {
 public:
  session(tcp::socket socket, storage& rows) : socket_(std::move(socket)), rows_(rows) {
    socket_.set_option(tcp::no_delay{true});
  }

  static void receive(std::shared_ptr<session> self) {
    session& s = *self;
    s.socket_.async_read_some(asio::buffer(s.room_),
                              [self = std::move(self)](error_code ec, std::size_t n) mutable {
                                if (ec) return;
                                self->in_.append(self->room_.data(), n);
                                serve(self);
                                receive(std::move(self));
                              });
  }

 private:
  static void serve(std::shared_ptr<session> const& self) {
    std::size_t used = 0;
    for (;;) {
      http_request const request = first_request(std::string_view{self->in_}.substr(used));
      if (request.size == 0) break;
      used += request.size;
      take(self, request);
    }
    self->in_.erase(0, used);
  }

  static void take(std::shared_ptr<session> const& self, http_request const& request) {
    json::monotonic_resource memory;
    error_code ec;
    json::value const value = json::parse({request.body.data(), request.body.size()}, ec, &memory);
    if (ec || request.is_bulk != value.is_array()) return send(self, bad_request);
    bool const is_bulk = request.is_bulk;
    self->rows_.accept(value, [self, is_bulk](accepted const& jobs) {
      send(self, created_answer(is_bulk, jobs));
    });
  }

  // Answers that come while one is written go together.
  static void send(std::shared_ptr<session> const& self, std::string_view text) {
    self->out_ += text;
    if (self->writing_.empty()) flush(self);
  }
  static void flush(std::shared_ptr<session> const& self) {
    self->writing_.swap(self->out_);
    asio::async_write(self->socket_, asio::buffer(self->writing_),
                      [self](error_code ec, std::size_t) {
                        self->writing_.clear();
                        if (!ec && !self->out_.empty()) flush(self);
                      });
  }

  tcp::socket socket_;
  storage& rows_;
  std::array<char, 64 * 1024> room_;
  std::string in_;
  std::string out_;
  std::string writing_;
};

void accept_connections(tcp::acceptor& listening, storage& rows) {
  listening.async_accept([&](error_code ec, tcp::socket socket) {
    if (ec) return;
    session::receive(std::make_shared<session>(std::move(socket), rows));
    accept_connections(listening, rows);
  });
}

}  // namespace
}  // namespace retrylab::floor

int main(int argc, char** argv) {
  namespace floor = retrylab::floor;
  CLI::App app{"The least a durable job server must do", "ceiling"};
  std::uint16_t port = 0;
  floor::storage_options options;
  app.add_option("--port", port, "On 127.0.0.1; 0 is any free one")->capture_default_str();
  app.add_option("--data", options.data, "Directory of the table; it must exist")
      ->required()
      ->check(CLI::ExistingDirectory);
  app.add_option("--events-per-job", options.events_per_job, "Rows for each job: 1 or 3")
      ->check(CLI::IsMember({1, 3}))
      ->capture_default_str();
  app.add_option("--synchronous", options.synchronous, "Of SQLite")
      ->check(CLI::IsMember({"FULL", "NORMAL", "OFF"}))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  boost::asio::io_context io{1};
  floor::storage rows{io, options};
  floor::tcp::acceptor listening{io, {boost::asio::ip::address_v4::loopback(), port}};
  floor::accept_connections(listening, rows);
  boost::asio::signal_set stop{io, SIGTERM, SIGINT};
  stop.async_wait([&](boost::system::error_code, int) { io.stop(); });
  std::printf("{\"ready\":true,\"http\":\"127.0.0.1:%u\",\"pid\":%d}\n",
              static_cast<unsigned>(listening.local_endpoint().port()), ::getpid());
  std::fflush(stdout);
  io.run();
  rows.stop();
}
