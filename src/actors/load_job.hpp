#pragma once
// A job from its stream.

#include "events/core/job_state.hpp"
#include "events/event_store.hpp"

#include <optional>
#include <vector>

namespace retrylab {

// The whole stream, oldest first; empty when there is no such job. Nothing when it cannot be read.
[[nodiscard]] std::optional<std::vector<stored_event>> read_whole_stream(event_reader& log,
                                                                         job_id job);

// The state after a whole stream. Nothing when an event of it cannot be decoded.
[[nodiscard]] std::optional<job_state> fold_job(std::vector<stored_event> const& rows);

// Does not exist() when there is no such job. Nothing when the stream cannot be read or decoded.
[[nodiscard]] std::optional<job_state> load_job(event_reader& log, job_id job);
[[nodiscard]] std::vector<std::optional<job_state>> load_jobs(event_reader& log,
                                                              std::span<job_id const> jobs);

// As they were after the event `last`.
[[nodiscard]] std::vector<std::optional<job_state>> load_jobs_until(event_reader& log,
                                                                    std::span<job_id const> jobs,
                                                                    seq last);

}  // namespace retrylab
