#pragma once
// What a scenario file says, as plain data. docs/lab.md describes the file; scenario_reader.hpp
// reads it. All times count from the beginning of the run.

#include "events/core/job_events.hpp"
#include "events/core/status.hpp"
#include "lab/checks.hpp"
#include "lab/recorded_history.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace retrylab {

struct window {
  microseconds from{};
  microseconds to{};  // not included
  [[nodiscard]] bool has(microseconds t) const { return t >= from && t < to; }
  bool operator==(window const&) const = default;
};

// So many in that time.
struct arrival_rate {
  std::uint64_t count = 0;
  microseconds per{};
  bool operator==(arrival_rate const&) const = default;
};
enum class arrival_kind : unsigned char { all_at_once, constant, poisson };

struct job_group {
  std::string name;      // unique
  job_spec spec;         // but for its times and a named policy
  std::string policy{};  // the name of one; empty: spec.retry
  microseconds delay{};
  arrival_kind arrival = arrival_kind::all_at_once;
  std::variant<std::uint64_t, arrival_rate> amount;  // jobs
  window time{};
  int line = 0;
  std::vector<microseconds> recorded{};  // when each arrives, in order; then the above says nothing
};

[[nodiscard]] inline bool includes(job_scope const& scope, job_group const& g) {
  return (!scope.group || *scope.group == g.name) && (!scope.type || *scope.type == g.spec.type) &&
         (!scope.queue || *scope.queue == g.spec.queue);
}

// How fast attempts go, in thousandths: 2000 takes half the time.
struct fixed_speed {
  std::uint64_t milli = 1000;
};
struct uniform_speed {
  std::uint64_t low_milli = 1000;
  std::uint64_t high_milli = 1000;
};
struct lognormal_speed {
  std::uint64_t median_milli = 1000;
  std::uint64_t sigma_milli = 0;  // of the logarithm
};
using speed = std::variant<fixed_speed, uniform_speed, lognormal_speed>;

// The simulator in the server's own process.
struct simulator_workers {
  std::size_t slots = 128;
  speed pace{};
};
// Worker processes that fetch jobs.
struct worker_pool {
  std::string name;
  std::size_t count = 1;
  std::size_t slots = 1;  // of each
  std::vector<std::string> queues{};
  speed pace{};
  std::vector<microseconds> deaths_at{};
  std::optional<microseconds> mean_between_deaths{};  // in the whole pool
  microseconds back_after{};
};
using worker_setup = std::variant<simulator_workers, std::vector<worker_pool>>;

// Attempts that begin in the window fail.
struct outage {
  window time{};
  job_scope scope{};
  job_error error{};
  bool retryable = true;
  std::optional<microseconds> takes{};  // none: as long as without it
};
// Attempts that begin in the window take so much longer.
struct slow_down {
  window time{};
  job_scope scope{};
  std::uint64_t factor_milli = 1000;
};

struct queue_pause {
  window time{};
  std::string reason{};
};
struct queue_plan {
  std::optional<std::uint32_t> limit{};
  std::vector<queue_pause> pauses{};
};

struct scenario {
  std::string name;
  std::uint64_t seed = 1;
  microseconds duration{};
  milliseconds lease{};
  std::vector<job_group> jobs;
  worker_setup workers{};
  std::vector<outage> outages{};
  std::vector<slow_down> slow_downs{};
  std::map<std::string, retry_policy> policies{};
  std::map<std::string, queue_plan> queues{};
  std::vector<check> checks{};
  recorded_types history{};  // what attempts of these types are modelled on, not on their payload
};

}  // namespace retrylab
