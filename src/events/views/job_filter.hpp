#pragma once
// Which jobs a query means: the definition that every view keeps to.

#include "events/view.hpp"

namespace retrylab {

struct error_traits {
  std::string_view type;
  std::string_view message;
};

// What filters look at of a job, wherever it is kept.
struct job_traits {
  std::string_view queue;
  std::string_view type;
  job_status status{};  // as stored
  std::optional<timestamp> due{};
  timestamp created_at{};
  std::span<std::string const> tags{};
  std::optional<error_traits> error{};
};

[[nodiscard]] job_traits traits_of(job_state const& state);

// The filters on kind, status and times.
[[nodiscard]] bool numbers_match(job_traits const& job, job_query const& query, timestamp now);
// Those on tags and texts.
[[nodiscard]] bool texts_match(job_traits const& job, job_query const& query);

// Whether a job that is shown as `shown` has one of the query's statuses.
[[nodiscard]] bool has_status(job_query const& query, job_status shown);

// `part` occurs in `text`; A to Z count as a to z.
[[nodiscard]] bool has_part(std::string_view text, std::string_view part);

// The bins that job_reader::histogram means, without jobs; `first` is the creation of the first
// job.
[[nodiscard]] creation_histogram empty_histogram(job_query const& query, std::size_t bins,
                                                 std::optional<timestamp> first, timestamp now);

}  // namespace retrylab
