#pragma once
// Which jobs a query means: the definition that every view keeps to.

#include "events/view.hpp"

namespace retrylab {

// `part` occurs in `text`; A to Z count as a to z.
[[nodiscard]] bool has_part(std::string_view text, std::string_view part);

// Every filter of the query; its order, position and limit are no filters.
[[nodiscard]] bool matches(job_state const& state, job_query const& query, timestamp now);

// Whether `state` would be shown with one of the query's statuses.
[[nodiscard]] bool has_status(job_query const& query, job_status shown);

}  // namespace retrylab
