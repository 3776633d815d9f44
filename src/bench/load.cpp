#include "bench/load.hpp"

#include <boost/asio/write.hpp>

#include <limits>

namespace retrylab::bench {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr auto watch_interval = std::chrono::milliseconds{500};
constexpr auto silence_max = std::chrono::seconds{10};
constexpr auto lateness_max = std::chrono::seconds{1};  // what was due in time may begin so late
constexpr auto reconnect_pause = std::chrono::milliseconds{100};

}  // namespace

// One connection. `open` is false from the moment it breaks until it is connected again, so that
// the other handler of the same break changes nothing.
struct load::line {
  line(asio::io_context& io, std::size_t number, std::unique_ptr<answer_reader> answers)
      : socket(io), pause(io), reader(std::move(answers)), index(number) {}
  asio::ip::tcp::socket socket;
  asio::steady_timer pause;
  std::unique_ptr<answer_reader> reader;
  std::size_t index;
  nanoseconds due{0};
  bool open = false;
  bool waits_for_answer = false;
};

load::load(asio::io_context& io, asio::ip::tcp::endpoint at, load_options const& options,
           traffic& what)
    : io_(io),
      at_(std::move(at)),
      options_(options),
      traffic_(what),
      total_(options.requests.value_or(std::numeric_limits<std::uint64_t>::max())),
      due_timer_(io),
      watch_timer_(io) {
  if (options.rate) {
    schedule_.emplace(*options.rate);
    total_ = std::min(total_, schedule_->count_before(options.duration));
  }
}

load::~load() = default;

std::optional<bench_failure> load::connect() {
  for (std::size_t i = 0; i < options_.connections; ++i) {
    auto l = std::make_unique<line>(io_, i, traffic_.reader());
    error_code ec;
    l->socket.connect(at_, ec);
    if (ec)
      return bench_failure{"connection " + std::to_string(i + 1) + " of " +
                           std::to_string(options_.connections) + ": " + ec.message()};
    if (!traffic_.greet(l->socket, i)) return bench_failure{"the server does not greet back"};
    l->socket.non_blocking(true);
    l->socket.set_option(asio::ip::tcp::no_delay{true});
    l->open = true;
    idle_.push_back(l.get());
    lines_.push_back(std::move(l));
  }
  return std::nullopt;
}

void load::start(std::function<void()> finished) {
  finished_ = std::move(finished);
  began_ = clock::now();
  watch();
  pump();
}

void load::stop() {
  stopped_ = true;
  pump();
}

nanoseconds load::since_start() const { return clock::now() - began_; }

// The instant of the next request; nothing when there is none any more.
std::optional<nanoseconds> load::next_due() const {
  if (stopped_ || sent_ >= total_) return std::nullopt;
  nanoseconds const now = since_start();
  if (schedule_ && now < options_.duration + lateness_max) return schedule_->due(sent_);
  if (schedule_ || now >= options_.duration) return std::nullopt;
  return now;
}

// Gives work to every connection that is free.
void load::pump() {
  std::optional<nanoseconds> due;
  while ((due = next_due()) && !idle_.empty()) {
    if (schedule_ && *due > since_start()) return wait_for_next_due();
    line& l = *idle_.back();
    idle_.pop_back();
    ++sent_;
    send(l, *due);
  }
  if (!due && in_flight_ == 0) finish();
}

void load::wait_for_next_due() {
  due_timer_.expires_at(began_ + schedule_->due(sent_));
  due_timer_.async_wait([this](error_code ec) {
    if (!ec && !done_) pump();
  });
}

void load::send(line& l, nanoseconds due) {
  l.due = due;
  l.waits_for_answer = true;
  ++in_flight_;
  std::string_view const request = traffic_.next(l.index);
  error_code ec;
  std::size_t const n = l.socket.write_some(asio::buffer(request), ec);
  if (ec && ec != asio::error::would_block) return reopen(l, true);
  if (n < request.size()) write_rest(l, request.substr(n));
  receive(l);
}

// The socket's buffer was full: rare, and only for large requests.
void load::write_rest(line& l, std::string_view rest) {
  asio::async_write(l.socket, asio::buffer(rest), [this, &l](error_code ec, std::size_t) {
    if (ec && l.open && ec != asio::error::operation_aborted) reopen(l, true);
  });
}

void load::receive(line& l) {
  std::span<char> const room = l.reader->space();
  l.socket.async_read_some(asio::buffer(room.data(), room.size()),
                           [this, &l](error_code ec, std::size_t n) {
                             if (!l.open || done_ || ec == asio::error::operation_aborted) return;
                             if (ec) return reopen(l, true);
                             l.reader->commit(n);
                             switch (l.reader->next()) {
                               case read_state::incomplete:
                                 return receive(l);
                               case read_state::malformed:
                                 return reopen(l, true);
                               case read_state::complete:
                                 return take(l, l.reader->last());
                             }
                           });
}

void load::take(line& l, answer const& a) {
  newest_ = since_start();
  tally_.latency.record(
      static_cast<std::uint64_t>(std::max(newest_ - l.due, nanoseconds{0}).count()));
  ++tally_.requests;
  if (a.ok())
    tally_.jobs += traffic_.answered(l.index, a);
  else
    ++tally_.errors[a.status];
  l.waits_for_answer = false;
  --in_flight_;
  if (!a.keep_alive) return reopen(l, false);
  idle_.push_back(&l);
  pump();
}

void load::reopen(line& l, bool is_broken) {
  l.open = false;
  if (is_broken) ++tally_.broken;
  if (std::exchange(l.waits_for_answer, false)) {
    --in_flight_;
    ++tally_.unanswered;
  }
  error_code ignored;
  l.socket.close(ignored);
  l.reader->reset();
  l.pause.expires_after(is_broken ? clock::duration{reconnect_pause} : clock::duration{0});
  l.pause.async_wait([this, &l](error_code) {
    if (done_) return;
    l.socket.async_connect(at_, [this, &l](error_code ec) {
      if (done_) return;
      if (ec || !traffic_.greet(l.socket, l.index)) return reopen(l, true);
      l.socket.non_blocking(true);
      l.socket.set_option(asio::ip::tcp::no_delay{true});
      l.open = true;
      idle_.push_back(&l);
      pump();
    });
  });
  if (!next_due() && in_flight_ == 0) finish();
}

// Ends a closed loop whose connections are all lost, and a run that nobody answers.
void load::watch() {
  watch_timer_.expires_after(watch_interval);
  watch_timer_.async_wait([this](error_code ec) {
    if (ec || done_) return;
    if (since_start() - newest_ > silence_max) return finish();
    if (!next_due() && in_flight_ == 0) return finish();
    watch();
  });
}

void load::finish() {
  if (std::exchange(done_, true)) return;
  tally_.elapsed = newest_;
  tally_.unanswered += in_flight_;
  if (schedule_ && !stopped_) tally_.unsent = total_ - std::min(sent_, total_);
  watch_timer_.cancel();
  due_timer_.cancel();
  finished_();
}

}  // namespace retrylab::bench
