#pragma once
// How a query is answered: which runs of which indexes, merged by id, hold every job that matches.
// Pure: it needs only the small tables of kinds and errors; the counts by kind and status also say
// how many jobs that is.

#include "events/views/error_table.hpp"
#include "events/views/kind_table.hpp"

#include <variant>

namespace retrylab {

// Runs of ids, each in the order of ids. Statuses are as stored.
struct all_jobs {
  bool operator==(all_jobs const&) const = default;
};
struct jobs_of_kind {
  kind_number kind = 0;
  job_status status{};
  bool operator==(jobs_of_kind const&) const = default;
};
struct jobs_with_tag {
  std::string tag;
  bool operator==(jobs_with_tag const&) const = default;
};
struct jobs_with_error {
  error_number error = other_error;
  job_status status{};
  bool operator==(jobs_with_error const&) const = default;
};
struct waiting_jobs {  // scheduled and retrying ones; few enough to be sorted
  bool due = true;     // or not yet
  bool operator==(waiting_jobs const&) const = default;
};
using id_run = std::variant<all_jobs, jobs_of_kind, jobs_with_tag, jobs_with_error, waiting_jobs>;

struct planned_run {
  id_run run;
  bool check = false;  // it holds jobs that do not match: their rows must be looked at
  bool operator==(planned_run const&) const = default;
};

struct list_plan {
  std::vector<planned_run> runs;
  // Matches, but for the filters on created_at; nothing when they must be walked to know.
  std::optional<std::int64_t> total{};
};

// What a search for text found in the small tables.
struct text_matches {
  std::vector<error_match> of_error{};                     // for the query's `error`
  std::vector<error_match> of_text{};                      // for its `text`, in messages
  std::optional<std::vector<std::string>> tags_of_text{};  // nothing: too many to search
};

// The counts in `kinds` are those of the time of the query.
[[nodiscard]] list_plan plan_list(job_query const& query, kind_table const& kinds,
                                  text_matches const& found);

}  // namespace retrylab
