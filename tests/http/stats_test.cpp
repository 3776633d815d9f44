// The history, the rates and the metrics as documents.

#include "events/core/limits.hpp"
#include "events/views/history_view.hpp"
#include "http/metrics.hpp"
#include "http/stats_documents.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

constexpr timestamp noon = from_micros(1'767'268'800'000'000);

void add(history_view& to, timestamp at, std::uint64_t created, microseconds wait) {
  history_slot slot{slot_start(resolution::second, at), {}, {}};
  slot.counts[static_cast<std::size_t>(history_event::created)] = created;
  slot.latencies[static_cast<std::size_t>(latency::wait)].record(wait);
  to.restore(resolution::second, slot);
}

TEST(history_document, has_a_slot_for_each_second_in_which_something_happened) {
  history_view history;
  add(history, noon, 3, 1500us);
  add(history, noon + 5s, 1, 250us);
  history_query const query{resolution::second, noon + 500ms, noon + 5s};
  EXPECT_EQ(history_document(query, history),
            R"({"resolution":"second","slot_ms":1000,"from":"2026-01-01T12:00:00.000000Z",)"
            R"("to":"2026-01-01T12:00:05.000000Z","slots":[{"start":"2026-01-01T12:00:00.000000Z",)"
            R"("created":3,"attempted":0,"succeeded":0,"failed":0,"retried":0,"dead_lettered":0,)"
            R"("cancelled":0,"other":0,"wait_ms":{"count":1,"p50":1.5,"p90":1.5,"p99":1.5},)"
            R"("run_ms":{"count":0,"p50":0,"p90":0,"p99":0},)"
            R"("total_ms":{"count":0,"p50":0,"p90":0,"p99":0}}]})");
}

TEST(stats_document, has_rates_over_whole_seconds_and_latencies_up_to_now) {
  history_view history;
  add(history, noon - 60s, 30, 9ms);
  add(history, noon - 10s, 25, 2ms);
  add(history, noon, 1000, 4ms);
  std::string const text = stats_document({}, history, noon + 300ms);
  EXPECT_NE(text.find(R"("last_10_s":{"created":2.5,"succeeded":0,"failed":0})"), text.npos)
      << text;
  EXPECT_NE(text.find(R"("last_60_s":{"created":0.916,)"), text.npos) << text;
  EXPECT_NE(text.find(R"("wait_ms":{"count":2,"p50":2.015,"p90":4,"p99":4})"), text.npos) << text;
}

TEST(metrics, tell_at_most_so_many_queues_apart) {
  metric_sources s;
  s.ever = std::make_shared<history_slot const>();
  for (std::size_t i = 0; i < limits::metric_queues + 5; ++i)
    s.queues["q" + std::to_string(1000 + i)] = {2, 1};
  std::string const text = metrics_text(s);
  EXPECT_NE(text.find("retrylab_queue_ready{queue=\"_other\"} 10\n"), text.npos) << text;
  EXPECT_NE(text.find("retrylab_queue_running{queue=\"_other\"} 5\n"), text.npos);
  EXPECT_NE(text.find("retrylab_queue_ready{queue=\"q1099\"} 2\n"), text.npos);
  EXPECT_EQ(text.find("q1100"), text.npos);
}

TEST(metrics, have_cumulative_buckets_and_a_lag_that_is_never_negative) {
  history_slot slot;
  auto& run = slot.latencies[static_cast<std::size_t>(latency::run)];
  run.record(100us);
  run.record(1023us);
  run.record(1024us);
  run.record(1h);
  metric_sources s;
  s.ever = std::make_shared<history_slot const>(slot);
  s.log_seq = seq{7};
  s.projected_seq = seq{9};
  std::string const text = metrics_text(s);
  for (char const* line : {"retrylab_projection_lag_events 0\n", "retrylab_log_seq 7\n",
                           "# TYPE retrylab_attempt_run_seconds histogram\n",
                           "retrylab_attempt_run_seconds_bucket{le=\"0.000256\"} 1\n",
                           "retrylab_attempt_run_seconds_bucket{le=\"0.001024\"} 2\n",
                           "retrylab_attempt_run_seconds_bucket{le=\"+Inf\"} 4\n",
                           "retrylab_attempt_run_seconds_count 4\n"})
    EXPECT_NE(text.find(line), text.npos) << line << text;
}

}  // namespace
}  // namespace retrylab
