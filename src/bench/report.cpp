#include "bench/report.hpp"

#include "events/json_writer.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

namespace retrylab::bench {
namespace {

struct named_quantile {
  char const* name;
  unsigned ten_thousandths;
};
constexpr std::array quantiles{
    named_quantile{"p50", 5000}, named_quantile{"p90", 9000},   named_quantile{"p95", 9500},
    named_quantile{"p99", 9900}, named_quantile{"p99.9", 9990},
};

// `digits` = 3: 12345678 -> "12,345,678.000"
std::string grouped(double value, int digits = 0) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  std::string out{text};
  std::size_t const point = std::min(out.find('.'), out.size());
  for (std::size_t at = point; at > 3; at -= 3) out.insert(at - 3, 1, ',');
  return out;
}

std::string grouped(std::uint64_t value) { return grouped(static_cast<double>(value)); }

std::string row(std::string const& name, std::string const& value) {
  char text[256];
  std::snprintf(text, sizeof text, "%-22s %s\n", name.c_str(), value.c_str());
  return text;
}

// `per_ms`: how many of the histogram's units are a millisecond.
std::string milliseconds_of(histogram const& h, double per_ms) {
  auto const ms = [&](double v) { return grouped(v / per_ms, 3); };
  std::string out = "mean " + ms(h.mean());
  for (auto const& q : quantiles)
    out +=
        std::string{"  "} + q.name + " " + ms(static_cast<double>(h.quantile(q.ten_thousandths)));
  return out + "  max " + ms(static_cast<double>(h.max()));
}

std::string errors_text(tally const& t) {
  std::string out;
  for (auto const& [status, count] : t.errors)
    out += (out.empty() ? "" : ", ") + grouped(count) + " x " + std::to_string(status);
  return out.empty() ? "none" : out;
}

// To thousandths; json_writer takes fixed-point numbers.
std::uint64_t thousandths(double value) {
  return static_cast<std::uint64_t>(std::llround(value * 1000));
}

std::string latency_json(histogram const& h, double per_ms) {
  std::string out;
  json_writer w{out};
  w.fixed("mean", thousandths(h.mean() / per_ms), 3);
  for (auto const& q : quantiles)
    w.fixed(q.name, thousandths(static_cast<double>(h.quantile(q.ten_thousandths)) / per_ms), 3);
  w.fixed("max", thousandths(static_cast<double>(h.max()) / per_ms), 3).close();
  return out;
}

std::string errors_json(tally const& t) {
  std::string out;
  json_writer w{out};
  for (auto const& [status, count] : t.errors)
    w.number(std::to_string(status), static_cast<std::int64_t>(count));
  w.close();
  return out;
}

std::int64_t integer(std::uint64_t n) { return static_cast<std::int64_t>(n); }

double seconds(nanoseconds t) { return std::chrono::duration<double>(t).count(); }

constexpr double ns_per_ms = 1e6;
constexpr double us_per_ms = 1e3;

std::string feed_table(websocket_figures const& f, nanoseconds elapsed) {
  std::string out = row("subscribers", grouped(f.subscribers));
  out += row("frames", grouped(f.feed.frames) + "  (" +
                           grouped(static_cast<double>(f.feed.bytes) / 1e6, 1) + " MB)");
  out += row("events received",
             grouped(f.feed.events) + "  (" + grouped(per_second(f.feed.events, elapsed)) + "/s)");
  out += row("delay ms", milliseconds_of(f.feed.delay, us_per_ms));
  if (f.feed.resets > 0) out += row("resets", grouped(f.feed.resets));
  if (f.feed.gaps > 0) out += row("gaps", grouped(f.feed.gaps));
  if (f.feed.closed > 0) out += row("subscribers closed", grouped(f.feed.closed));
  return out;
}

std::string feed_json(websocket_figures const& f) {
  std::string out;
  json_writer w{out};
  w.number("subscribers", integer(f.subscribers))
      .number("frames", integer(f.feed.frames))
      .number("events", integer(f.feed.events))
      .number("bytes", integer(f.feed.bytes))
      .number("resets", integer(f.feed.resets))
      .number("gaps", integer(f.feed.gaps))
      .number("closed", integer(f.feed.closed))
      .raw("delay_ms", latency_json(f.feed.delay, us_per_ms))
      .close();
  return out;
}

}  // namespace

double per_second(std::uint64_t count, nanoseconds elapsed) {
  return elapsed <= nanoseconds{0} ? 0.0 : static_cast<double>(count) / seconds(elapsed);
}

std::string as_table(report const& r) {
  tally const& t = r.load;
  std::string out = row("scenario", r.scenario + " at " + r.url);
  out += row("connections",
             grouped(r.connections) + (r.rate ? ", open loop of " + grouped(*r.rate) + "/s" : ""));
  out += row("requests", grouped(t.requests) + " in " + grouped(seconds(t.elapsed), 2) + " s  (" +
                             grouped(per_second(t.requests, t.elapsed)) + "/s)");
  if (t.jobs > 0)
    out += row("jobs", grouped(t.jobs) + "  (" + grouped(per_second(t.jobs, t.elapsed)) + "/s)");
  if (r.lifecycle) {
    out += row("whole lifecycles",
               grouped(r.lifecycle->ended) + " in " + grouped(seconds(r.lifecycle->elapsed), 2) +
                   " s  (" + grouped(per_second(r.lifecycle->ended, r.lifecycle->elapsed)) + "/s)");
  }
  out += row("latency ms", milliseconds_of(t.latency, ns_per_ms));
  out += row("errors", errors_text(t));
  if (t.broken > 0) out += row("broken connections", grouped(t.broken));
  if (t.unanswered > 0) out += row("unanswered", grouped(t.unanswered));
  if (t.unsent > 0) out += row("due but never sent", grouped(t.unsent));
  if (r.websocket) out += feed_table(*r.websocket, t.elapsed);
  return out;
}

std::string as_json(report const& r) {
  tally const& t = r.load;
  std::string out;
  json_writer w{out};
  w.string("scenario", r.scenario)
      .string("url", r.url)
      .number("connections", integer(r.connections))
      .number("rate", r.rate ? std::optional{integer(*r.rate)} : std::nullopt)
      .fixed("seconds", thousandths(seconds(t.elapsed)), 3)
      .number("requests", integer(t.requests))
      .number("jobs", integer(t.jobs))
      .raw("errors", errors_json(t))
      .number("broken", integer(t.broken))
      .number("unanswered", integer(t.unanswered))
      .number("unsent", integer(t.unsent))
      .fixed("requests_per_s", thousandths(per_second(t.requests, t.elapsed)), 3)
      .fixed("jobs_per_s", thousandths(per_second(t.jobs, t.elapsed)), 3)
      .raw("latency_ms", latency_json(t.latency, ns_per_ms));
  if (r.lifecycle) {
    std::string inner;
    json_writer l{inner};
    l.number("ended", integer(r.lifecycle->ended))
        .fixed("seconds", thousandths(seconds(r.lifecycle->elapsed)), 3)
        .fixed("per_s", thousandths(per_second(r.lifecycle->ended, r.lifecycle->elapsed)), 3)
        .close();
    w.raw("lifecycle", inner);
  }
  if (r.websocket) w.raw("websocket", feed_json(*r.websocket));
  w.close();
  return out + "\n";
}

std::string progress_line(tally const& now, std::uint64_t requests_before,
                          nanoseconds since_start) {
  std::uint64_t errors = now.broken;
  for (auto const& [status, count] : now.errors) errors += count;
  return grouped(seconds(since_start)) + " s  " + grouped(now.requests - requests_before) +
         " requests/s  p99 " +
         grouped(static_cast<double>(now.latency.quantile(9900)) / ns_per_ms, 2) + " ms  errors " +
         grouped(errors);
}

}  // namespace retrylab::bench
