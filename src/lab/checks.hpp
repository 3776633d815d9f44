#pragma once
// What a scenario expects of its run, as plain data.

#include "events/core/status.hpp"
#include "events/core/time.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace retrylab {

// Both ends included.
template <class T>
struct expected_range {
  T low{};
  T high{};
  [[nodiscard]] bool has(T const& value) const { return value >= low && value <= high; }
  bool operator==(expected_range const&) const = default;
};
using count_range = expected_range<std::uint64_t>;
using time_range = expected_range<microseconds>;
inline constexpr std::uint64_t any_count = std::numeric_limits<std::uint64_t>::max();

// Which jobs something is about; every part that is given must fit.
struct job_scope {
  std::optional<std::string> group{};
  std::optional<std::string> type{};
  std::optional<std::string> queue{};
  bool operator==(job_scope const&) const = default;
};

// Every job has this status at the end.
struct all_have {
  job_status status{};
};
// So many jobs have this status at the end.
struct status_count {
  job_status status{};
  count_range jobs{};
};
// So many jobs in the dead letters for this type of error.
struct dead_letter_count {
  std::string error_type;
  count_range jobs{};
};
// Attempts started, of each job.
struct attempts_each {
  count_range attempts{};
};
// Attempts started in any second.
struct attempts_peak {
  std::uint64_t most = 0;
};
// Jobs that have been created and not ended, at any moment.
struct unfinished_peak {
  std::uint64_t most = 0;
};
// From the moment a job may run to its success; of those that succeeded.
struct success_time {
  unsigned ten_thousandths = 0;  // of them: 9500 is the 95th percentile, 10000 the slowest
  microseconds most{};
};
// Between the end of attempt n and the beginning of the next one, the nth range.
struct attempt_gaps {
  std::optional<std::uint64_t> job{};  // the first, second … of the scope; none: every one
  std::vector<time_range> ranges{};
};
enum class start_order : unsigned char { fifo, priority };
// First attempts of a queue begin in this order.
struct starts_in {
  start_order order{};
};
// From then on nothing is left to do.
struct idle_by {
  microseconds time{};
};

using expectation =
    std::variant<all_have, status_count, dead_letter_count, attempts_each, attempts_peak,
                 unfinished_peak, success_time, attempt_gaps, starts_in, idle_by>;

struct check {
  expectation expects;
  job_scope scope{};
  int line = 0;
};

}  // namespace retrylab
