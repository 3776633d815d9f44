#pragma once
// Sends requests over keep-alive connections and measures the answers. Closed loop: each connection
// sends its next request when the answer to the last one is there. Open loop (`rate`): requests are
// due at fixed instants, whichever connection is free takes the next one, and latency counts from
// the due instant.
//
// One io_context, one thread, callbacks: it shares the machine with the server it measures. Each
// request is one write. Requests of an open loop that found no free connection until a second after
// the end are not sent, and counted. A connection that breaks is opened again and counted; when
// nothing is answered for ten seconds the run ends.

#include "bench/schedule.hpp"
#include "bench/traffic.hpp"
#include "events/histogram.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <map>
#include <optional>

namespace retrylab::bench {

struct load_options {
  std::size_t connections = 64;
  nanoseconds duration = std::chrono::seconds{5};  // no request is due later
  std::optional<std::uint64_t> requests{};         // at most
  std::optional<std::uint64_t> rate{};             // a second; absent: closed loop
};

struct tally {
  std::uint64_t requests = 0;  // answered, with whatever status
  std::uint64_t jobs = 0;      // acknowledged
  std::uint64_t broken = 0;    // connections lost or refused
  std::uint64_t unanswered = 0;
  std::uint64_t unsent = 0;                  // of an open loop: due, but no connection was free
  std::map<unsigned, std::uint64_t> errors;  // by status that is not 2xx
  histogram latency;                         // nanoseconds, of every answer
  nanoseconds elapsed{0};                    // from the start to the last answer

  [[nodiscard]] bool clean() const {
    return errors.empty() && broken == 0 && unanswered == 0 && requests > 0;
  }
};

class load {
 public:
  load(boost::asio::io_context& io, boost::asio::ip::tcp::endpoint at, load_options const& options,
       traffic& what);
  ~load();
  load(load const&) = delete;
  load& operator=(load const&) = delete;

  // Connects, blocking. Called once, before start().
  [[nodiscard]] std::optional<bench_failure> connect();
  // `finished` is called once, from the io_context; then figures() is complete.
  void start(std::function<void()> finished);
  // No further request; what is under way is waited for.
  void stop();

  [[nodiscard]] tally const& figures() const { return tally_; }
  [[nodiscard]] nanoseconds since_start() const;

 private:
  using clock = std::chrono::steady_clock;
  struct line;

  void pump();
  void wait_for_next_due();
  [[nodiscard]] std::optional<nanoseconds> next_due() const;
  void send(line& l, nanoseconds due);
  void write_rest(line& l, std::string_view rest);
  void receive(line& l);
  void take(line& l, answer const& a);
  void reopen(line& l, bool is_broken);
  void watch();
  void finish();

  boost::asio::io_context& io_;
  boost::asio::ip::tcp::endpoint const at_;
  load_options const options_;
  traffic& traffic_;
  std::optional<schedule> schedule_;
  std::uint64_t total_;  // requests to be sent
  std::vector<std::unique_ptr<line>> lines_;
  std::vector<line*> idle_;
  boost::asio::steady_timer due_timer_;
  boost::asio::steady_timer watch_timer_;
  std::function<void()> finished_;
  clock::time_point began_;
  nanoseconds newest_{0};  // answer, or the start
  std::uint64_t sent_ = 0;
  std::uint64_t in_flight_ = 0;
  bool stopped_ = false;
  bool done_ = false;
  tally tally_;
};

}  // namespace retrylab::bench
