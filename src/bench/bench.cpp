#include "bench/bench.hpp"

#include "bench/faktory_traffic.hpp"

#include <boost/asio/signal_set.hpp>
#include <boost/json/parse.hpp>

#include <csignal>

namespace retrylab::bench {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using boost::system::error_code;
using steady = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto poll_interval = milliseconds{50};
constexpr auto standstill_max = seconds{30};  // no further job ended
constexpr auto feed_wait = seconds{5};        // for the last frames
constexpr std::size_t measuring_subscribers = 5;

struct place {
  target to;
  asio::ip::tcp::endpoint at;
};

struct job_counters {
  std::uint64_t seq = 0;
  std::uint64_t ended = 0;
};

std::uint64_t number(json::object const& o, json::string_view name) {
  json::value const* const v = o.if_contains(name);
  return v && v->is_int64() ? static_cast<std::uint64_t>(v->get_int64()) : 0;
}

result<job_counters, bench_failure> read_counters(place const& p) {
  auto const text = fetch(p.to, p.at, "/stats");
  if (!text) return text.error();
  error_code ec;
  json::value const parsed = json::parse(*text, ec);
  json::object const* const stats = parsed.if_object();
  json::value const* const counts = stats ? stats->if_contains("by_status") : nullptr;
  if (ec || !counts || !counts->is_object())
    return bench_failure{"GET /stats: not the counts of RetryLab"};
  job_counters c{number(*stats, "seq"), 0};
  for (char const* status : {"SUCCEEDED", "FAILED", "CANCELLED", "DISCARDED"})
    c.ended += number(counts->get_object(), status);
  return c;
}

void pause(milliseconds time) {
  asio::io_context io{1};
  asio::steady_timer timer{io, time};
  timer.wait();
}

// Until as many jobs have ended as were created, or none did for half a minute.
result<lifecycle_figures, bench_failure> wait_for_ends(place const& p, std::uint64_t before,
                                                       std::uint64_t created,
                                                       steady::time_point began) {
  lifecycle_figures figures;
  steady::time_point changed = steady::now();
  while (figures.ended < created && steady::now() - changed < standstill_max) {
    auto const now = read_counters(p);
    if (!now) return now.error();
    if (now->ended - before != figures.ended) {
      changed = steady::now();
      figures.ended = now->ended - before;
      figures.elapsed = changed - began;
    }
    if (figures.ended < created) pause(poll_interval);
  }
  return figures;
}

result<std::unique_ptr<traffic>, bench_failure> make_traffic(bench_options const& o,
                                                             place const& p) {
  switch (o.what) {
    case scenario::bulk:
      return bulk_traffic(p.to, o.job, o.batch);
    case scenario::lists: {
      auto const stats = fetch(p.to, p.at, "/stats");
      if (!stats) return stats.error();
      return list_traffic(p.to, *stats, o.load.connections);
    }
    case scenario::push:
      return push_traffic(o.job, o.load.connections, o.pipeline);
    case scenario::work:
      return work_traffic(o.job, o.load.connections);
    case scenario::create:
    case scenario::lifecycle:
    case scenario::websocket:
      break;
  }
  return create_traffic(p.to, o.job);
}

// Calls itself again each second, until the io_context stops.
void show_progress(asio::steady_timer& timer, load const& running, bench_options const& o,
                   std::uint64_t before) {
  timer.expires_after(seconds{1});
  timer.async_wait([&timer, &running, &o, before](error_code ec) {
    if (ec) return;
    tally const& now = running.figures();
    o.progress(progress_line(now, before, running.since_start()));
    show_progress(timer, running, o, now.requests);
  });
}

using subscribers = std::vector<std::unique_ptr<subscriber>>;

std::optional<bench_failure> subscribe(asio::io_context& io, bench_options const& o, place const& p,
                                       feed_tally& counts, subscribers& all) {
  if (o.what != scenario::websocket) return std::nullopt;
  for (std::size_t i = 0; i < o.subscribers; ++i) {
    auto const what =
        i < measuring_subscribers ? subscriber::reads::every_event : subscriber::reads::places;
    all.push_back(std::make_unique<subscriber>(io, p.to, counts, what));
    if (auto error = all.back()->connect(p.at)) return error;
  }
  for (auto const& s : all) s->start();
  return std::nullopt;
}

// Until every subscriber has seen what the log holds now.
std::optional<bench_failure> receive_the_rest(asio::io_context& io, place const& p,
                                              subscribers const& all) {
  auto const end = read_counters(p);
  if (!end) return end.error();
  steady::time_point const limit = steady::now() + feed_wait;
  auto const behind = [&](auto const& s) { return s->seq() < end->seq; };
  io.restart();
  while (std::ranges::any_of(all, behind) && steady::now() < limit) io.run_one_for(poll_interval);
  return std::nullopt;
}

// Everything from the first connection on.
result<report, bench_failure> measure(bench_options const& o, place const& p) {
  auto const what = make_traffic(o, p);
  if (!what) return what.error();
  asio::io_context io{1};
  websocket_figures feed{o.subscribers, {}};
  subscribers listening;
  if (auto error = subscribe(io, o, p, feed.feed, listening)) return *error;
  job_counters before;
  if (o.what == scenario::lifecycle) {
    auto const counted = read_counters(p);
    if (!counted) return counted.error();
    before = *counted;
  }
  load running{io, p.at, o.load, **what};
  if (auto error = running.connect()) return *error;
  asio::signal_set interrupt{io, SIGINT};
  interrupt.async_wait([&](error_code ec, int) {
    if (!ec) running.stop();
  });
  asio::steady_timer each_second{io};
  if (o.progress) show_progress(each_second, running, o, 0);
  steady::time_point const began = steady::now();
  running.start([&] { io.stop(); });
  io.run();
  each_second.cancel();
  report r{std::string{to_string(o.what)},
           o.url,
           o.load.connections,
           o.load.rate,
           running.figures(),
           {},
           {}};
  if (o.what == scenario::lifecycle) {
    auto const ends = wait_for_ends(p, before.ended, r.load.jobs, began);
    if (!ends) return ends.error();
    r.lifecycle = *ends;
  }
  if (o.what == scenario::websocket) {
    if (auto error = receive_the_rest(io, p, listening)) return *error;
    r.websocket = feed;
  }
  return r;
}

}  // namespace

std::string_view to_string(scenario s) {
  switch (s) {
    case scenario::create:
      return "create";
    case scenario::bulk:
      return "bulk";
    case scenario::lifecycle:
      return "lifecycle";
    case scenario::lists:
      return "lists";
    case scenario::websocket:
      return "websocket";
    case scenario::push:
      return "push";
    case scenario::work:
      return "work";
  }
  return "";
}

result<report, bench_failure> run(bench_options const& options) {
  bool const is_faktory = options.what == scenario::push || options.what == scenario::work;
  auto const to = parse_target(options.url, is_faktory ? faktory_scheme : http_scheme);
  if (!to) return to.error();
  auto const at = find_endpoint(*to);
  if (!at) return at.error();
  return measure(options, {*to, *at});
}

}  // namespace retrylab::bench
