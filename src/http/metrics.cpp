#include "http/metrics.hpp"

#include "events/core/limits.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace retrylab {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

double in_seconds(microseconds d) { return std::chrono::duration<double>(d).count(); }

struct label {
  char const* name;
  std::string value;
};

ClientMetric metric(std::vector<label> labels) {
  ClientMetric m;
  for (label& l : labels) m.label.push_back({l.name, std::move(l.value)});
  return m;
}

class families {
 public:
  void gauge(char const* name, char const* help, double value) {
    begin(name, help, MetricType::Gauge);
    add_gauge({}, value);
  }
  void begin(char const* name, char const* help, MetricType type) {
    all.push_back({name, help, type, {}});
  }
  void add_gauge(std::vector<label> labels, double value) {
    add(std::move(labels)).gauge.value = value;
  }
  void add_counter(std::vector<label> labels, std::uint64_t value) {
    add(std::move(labels)).counter.value = static_cast<double>(value);
  }
  ClientMetric& add(std::vector<label> labels) {
    return all.back().metric.emplace_back(metric(std::move(labels)));
  }
  std::vector<MetricFamily> all;
};

// Bounds are powers of two in microseconds, 0.26 ms to 18 min, because there the counts are exact,
// but that a duration of just the bound counts above it: a microsecond.
ClientMetric::Histogram cumulative(sparse_histogram const& h) {
  constexpr int first = 8;
  constexpr int last = 30;
  ClientMetric::Histogram out;
  out.sample_count = h.count();
  out.sample_sum = in_seconds(h.sum());
  for (int power = first; power <= last; power += 2) {
    microseconds const bound{std::int64_t{1} << power};
    out.bucket.push_back({h.count_below(bound), in_seconds(bound)});
  }
  out.bucket.push_back({h.count(), std::numeric_limits<double>::infinity()});
  return out;
}

void add_latency(families& to, char const* name, char const* help, sparse_histogram const& h) {
  to.begin(name, help, MetricType::Histogram);
  to.add({}).histogram = cumulative(h);
}

using loads = std::map<std::string, metric_sources::queue_load>;

loads bounded(loads const& queues) {
  loads kept;
  std::size_t seen = 0;
  for (auto const& [name, load] : queues) {
    auto& sum = kept[seen++ < limits::metric_queues ? name : "_other"];
    sum.ready += load.ready;
    sum.running += load.running;
  }
  return kept;
}

void add_queues(families& to, loads const& queues) {
  to.begin("retrylab_queue_ready", "Jobs of the queue that could start.", MetricType::Gauge);
  for (auto const& [name, load] : queues)
    to.add_gauge({{"queue", name}}, static_cast<double>(load.ready));
  to.begin("retrylab_queue_running", "Attempts of the queue that run.", MetricType::Gauge);
  for (auto const& [name, load] : queues)
    to.add_gauge({{"queue", name}}, static_cast<double>(load.running));
}

void add_log(families& to, metric_sources const& s) {
  // Read at slightly different moments, so the views may seem to be ahead.
  std::uint64_t const lag = s.log_seq.value - std::min(s.log_seq.value, s.projected_seq.value);
  to.gauge("retrylab_log_seq", "Place of the newest acknowledged event in the log.",
           static_cast<double>(s.log_seq.value));
  to.gauge("retrylab_projection_lag_events", "Acknowledged events that the views have not seen.",
           static_cast<double>(lag));
  to.begin("retrylab_events_total", "Events of the log, by what happened.", MetricType::Counter);
  for (std::size_t i = 0; i < history_event_names.size(); ++i)
    to.add_counter({{"type", std::string{history_event_names[i]}}}, s.ever->counts[i]);
}

}  // namespace

std::string metrics_text(metric_sources const& s) {
  families to;
  to.gauge("process_start_time_seconds", "When the process began, in seconds since 1970.",
           in_seconds(s.started_at.time_since_epoch()));
  to.begin("retrylab_build_info", "Always 1; the version is a label.", MetricType::Gauge);
  to.add_gauge({{"version", RETRYLAB_VERSION}}, 1);
  add_log(to, s);
  to.begin("retrylab_jobs", "Jobs in each status.", MetricType::Gauge);
  for (std::size_t i = 0; i < status_names.size(); ++i)
    to.add_gauge({{"status", std::string{status_names[i]}}}, static_cast<double>(s.jobs.total[i]));
  to.begin("retrylab_jobs_purged_total", "Ended jobs that left the log for the archive.",
           MetricType::Counter);
  to.add_counter({}, s.purged_jobs);
  add_queues(to, bounded(s.queues));
  to.gauge("retrylab_connections", "Open connections of HTTP and WebSocket.",
           static_cast<double>(s.connections));
  add_latency(to, "retrylab_job_wait_seconds", "From when a job could start to its attempt.",
              s.ever->of(latency::wait));
  add_latency(to, "retrylab_attempt_run_seconds", "From the start of an attempt to its outcome.",
              s.ever->of(latency::run));
  add_latency(to, "retrylab_job_total_seconds", "From a job's creation or requeue to its end.",
              s.ever->of(latency::total));
  return prometheus::TextSerializer{}.Serialize(to.all);
}

}  // namespace retrylab
