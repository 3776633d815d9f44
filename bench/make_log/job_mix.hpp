#pragma once
// What a shop's job server holds after some weeks, made up from a seed: types and queues of skewed
// popularity, tags, payloads, and what becomes of each job. The same seed gives the same jobs.

#include "events/core/job_commands.hpp"
#include "lab/random.hpp"

namespace retrylab::make_log {

// 900, 50, 10, 15, 10 and 15 of 1,000.
enum class fate : unsigned char { succeeded, failed, cancelled, retrying, scheduled, queued };

struct planned_job {
  job_spec spec;
  fate ends_as = fate::succeeded;
  unsigned failures = 0;  // attempts that fail, before an end or the retry that is waited for
};

class job_mix {
 public:
  // `until`: the instant at which the log ends. What is still scheduled then is due later.
  job_mix(std::uint64_t seed, timestamp until) : random_(seed, 1), until_(until) {}

  [[nodiscard]] planned_job next();
  [[nodiscard]] job_error next_error();
  [[nodiscard]] std::optional<raw_json> next_result();
  [[nodiscard]] std::string next_worker();
  // Up to `most`.
  [[nodiscard]] microseconds next_pause(microseconds most);

 private:
  // Low numbers come more often, about as 1/(n+1) (Zipf's law).
  std::size_t skewed(std::size_t count);
  [[nodiscard]] std::string payload(std::string_view type);

  random_stream random_;
  timestamp until_;
};

}  // namespace retrylab::make_log
