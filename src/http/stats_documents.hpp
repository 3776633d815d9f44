#pragma once
// The history as the JSON that the interface promises (docs/http-api.md). Pure; durations are
// milliseconds with up to three decimals.

#include "events/history.hpp"
#include "events/view.hpp"

namespace retrylab {

struct history_query {
  resolution of = resolution::second;
  timestamp from{};   // included, with the slot that it lies in
  timestamp until{};  // not included
};

[[nodiscard]] std::string history_document(history_query const& query,
                                           history_reader const& history);

// Counts as they are, rates and latencies as of `now`.
[[nodiscard]] std::string stats_document(job_counts const& counts, history_reader const& history,
                                         timestamp now);

}  // namespace retrylab
