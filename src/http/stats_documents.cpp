#include "http/stats_documents.hpp"

#include "events/json_writer.hpp"
#include "http/documents.hpp"

namespace retrylab {
namespace {

using namespace std::chrono_literals;

void append_percentiles(std::string& out, sparse_histogram const& h) {
  auto const ms = [](microseconds d) { return static_cast<std::uint64_t>(d.count()); };
  json_writer w{out};
  w.number("count", static_cast<std::int64_t>(h.count()))
      .fixed("p50", ms(h.quantile(5000)), 3)
      .fixed("p90", ms(h.quantile(9000)), 3)
      .fixed("p99", ms(h.quantile(9900)), 3);
  w.close();
}

void add_latencies(json_writer& w, history_slot const& slot) {
  for (std::size_t i = 0; i < latency_names.size(); ++i) {
    w.nested(std::string{latency_names[i]} + "_ms",
             [&](std::string& to) { append_percentiles(to, slot.latencies[i]); });
  }
}

void append_slot(std::string& out, history_slot const& slot) {
  json_writer w{out};
  w.time("start", slot.start);
  for (std::size_t i = 0; i < history_event_names.size(); ++i)
    w.number(history_event_names[i], static_cast<std::int64_t>(slot.counts[i]));
  add_latencies(w, slot);
  w.close();
}

// Over whole seconds: the one that has only begun would make every rate too low.
void append_rates(std::string& out, history_reader const& history, timestamp now,
                  std::chrono::seconds span) {
  timestamp const until = slot_start(resolution::second, now);
  auto const slots = history.between(resolution::second, until - span, until);
  json_writer w{out};
  for (auto e : {history_event::created, history_event::succeeded, history_event::failed}) {
    std::uint64_t events = 0;
    for (auto const& slot : slots) events += slot->count(e);
    w.fixed(history_event_names[static_cast<std::size_t>(e)],
            events * 1000 / static_cast<std::uint64_t>(span.count()), 3);
  }
  w.close();
}

}  // namespace

std::string history_document(history_query const& query, history_reader const& history) {
  timestamp const from = slot_start(query.of, query.from);
  std::string out;
  json_writer w{out};
  w.string("resolution", resolution_names[static_cast<std::size_t>(query.of)])
      .number("slot_ms", milliseconds{width(query.of)}.count())
      .time("from", from)
      .time("to", query.until);
  w.nested("slots", [&](std::string& to) {
    to += '[';
    for (auto const& slot : history.between(query.of, from, query.until)) {
      if (to.back() != '[') to += ',';
      append_slot(to, *slot);
    }
    to += ']';
  });
  w.close();
  return out;
}

std::string stats_document(job_counts const& counts, history_reader const& history, timestamp now) {
  std::string out;
  json_writer w{out};
  append_stats(w, counts);
  w.nested("rates", [&](std::string& to) {
    json_writer rates{to};
    rates.nested("last_10_s", [&](std::string& at) { append_rates(at, history, now, 10s); });
    rates.nested("last_60_s", [&](std::string& at) { append_rates(at, history, now, 60s); });
    rates.close();
  });
  w.nested("latency", [&](std::string& to) {
    json_writer latencies{to};
    // The second that has only begun is in it: percentiles do not suffer.
    timestamp const from = slot_start(resolution::second, now) - 59s;
    add_latencies(latencies, sum(history.between(resolution::second, from, timestamp::max())));
    latencies.close();
  });
  w.close();
  return out;
}

}  // namespace retrylab
