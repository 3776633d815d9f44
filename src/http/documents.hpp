#pragma once
// Jobs, events and counts as the JSON that the interface promises (docs/http-api.md).

#include "events/core/job_state.hpp"
#include "events/json_writer.hpp"
#include "events/stored_event.hpp"
#include "events/view.hpp"

#include <string>

namespace retrylab {

// Appends; `now` decides whether a waiting job reads as queued.
void append_job(std::string& out, job_state const& s, timestamp now);
void append_event(std::string& out, stored_event const& e);
// The fields `seq`, `total`, `by_status`, `by_queue` and `by_type`.
void append_stats(json_writer& w, job_counts const& counts);
void append_counts(std::string& out, seq as_of, status_counts const& counts);

[[nodiscard]] std::string job_document(job_state const& job, timestamp now);
[[nodiscard]] std::string jobs_document(std::vector<job_state> const& jobs, timestamp now);
[[nodiscard]] std::string histogram_document(creation_histogram const& histogram);
[[nodiscard]] std::string events_document(std::vector<stored_event> const& events);
[[nodiscard]] std::string by_status_document(status_counts const& counts);

}  // namespace retrylab
