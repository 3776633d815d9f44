#pragma once
// One client of the live feed: connects to /ws, subscribes to everything, and counts what comes.
// The delay of an event is the time from its `at`, which the server's clock set, to its receipt
// here: it means something only when both run on one machine. To read every event of every
// subscriber takes more of the machine than the server does, so that most only follow: they see
// that nothing is missing, and count.
//
// On the thread of the io_context. A connection that closes is not opened again.

#include "bench/response_reader.hpp"
#include "bench/target.hpp"
#include "events/histogram.hpp"

#include <boost/asio/io_context.hpp>

#include <optional>

namespace retrylab::bench {

struct feed_tally {
  std::uint64_t frames = 0;
  std::uint64_t events = 0;
  std::uint64_t bytes = 0;   // of text
  std::uint64_t resets = 0;  // frames that say "too much, fetch it"
  std::uint64_t gaps = 0;    // frames that do not follow the one before
  std::uint64_t closed = 0;  // connections that the server ended
  histogram delay;           // microseconds
};

class subscriber {
 public:
  enum class reads : unsigned char { every_event, places };
  subscriber(boost::asio::io_context& io, target const& to, feed_tally& counts, reads what)
      : socket_(io), to_(to), tally_(counts), what_(what) {}
  // Blocking, up to the server's 101.
  [[nodiscard]] std::optional<bench_failure> connect(boost::asio::ip::tcp::endpoint const& at);
  void start() { receive(); }
  // Of the newest frame.
  [[nodiscard]] std::uint64_t seq() const { return seq_; }

 private:
  void receive();
  void read_frames();
  void read_message(std::string_view text);
  void read_delays(std::string_view text);

  boost::asio::ip::tcp::socket socket_;
  target const& to_;
  feed_tally& tally_;
  reads what_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t seq_ = 0;
};

}  // namespace retrylab::bench
