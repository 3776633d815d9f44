#pragma once
// What the server tells Prometheus, in its text format 0.0.4. Nothing is counted for it: everything
// is collected from the views and the engine when it is asked for, so an unscraped server pays
// nothing. Pure.

#include "events/view.hpp"

namespace retrylab {

inline constexpr std::string_view metrics_content_type = "text/plain; version=0.0.4; charset=utf-8";

struct metric_sources {
  struct queue_load {
    std::size_t ready = 0;
    std::size_t running = 0;
  };
  timestamp started_at{};
  seq log_seq{};        // acknowledged
  seq projected_seq{};  // seen by the views
  std::size_t connections = 0;
  std::uint64_t purged_jobs = 0;
  job_counts jobs{};
  std::map<std::string, queue_load> queues{};
  std::shared_ptr<history_slot const> ever{};  // required
};

// Queues beyond limits::metric_queues, in the order of their names, are summed up as "_other".
[[nodiscard]] std::string metrics_text(metric_sources const& sources);

}  // namespace retrylab
