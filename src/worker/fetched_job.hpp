#pragma once
// A job as FETCH brings it to a worker that said "retrylab":1, and what the worker says of its end
// (docs/faktory.md). Pure.

#include "actors/executor.hpp"
#include "events/core/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace retrylab {

struct fetched_job {
  std::string jid;
  attempt_work work;
  milliseconds time;  // the attempt may take; then the server has given it up
};

// The error is a sentence; without a jid nothing can be said of the job.
struct not_understood {
  std::string jid;
  std::string why;
};
[[nodiscard]] result<fetched_job, not_understood> read_fetched_job(std::string_view json);

// ACK {…} or FAIL {…}. An attempt that was stopped failed, because the worker ended before it.
[[nodiscard]] std::string report_of(std::string_view jid, attempt_outcome const& outcome);

}  // namespace retrylab
