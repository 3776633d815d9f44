#pragma once
// What a real log says of a stretch of time: when jobs came, and how attempts of each type went,
// minute by minute.
//
// The assumption: an attempt of type T at time t fails as often as real attempts of that type did
// that began within the same minute, and takes as long as these took on average; where there were
// none, as those of the whole stretch.

#include "events/core/job_events.hpp"
#include "events/stored_event.hpp"

#include <map>
#include <optional>

namespace retrylab {

inline constexpr char const* history_assumption =
    "an attempt of type T at time t fails as often as real attempts of that type did within the "
    "same minute, and takes as long as they took on average; where there were none, as those of "
    "the whole stretch";

struct attempts_seen {
  std::uint64_t count = 0;
  std::uint64_t failed = 0;
  microseconds time{};  // of all of them together
  job_error error{};    // of the newest that failed
  void add(microseconds took, job_error const* why);
};

struct recorded_type {
  std::map<std::int64_t, attempts_seen> minutes{};  // from the beginning of the stretch
  attempts_seen whole{};
  // What an attempt that begins then is modelled on; nothing when there was none at all.
  [[nodiscard]] attempts_seen const* at(microseconds now) const;
};

using recorded_types = std::map<std::string, recorded_type, std::less<>>;

// Jobs that are alike, and when each of them could run.
struct recorded_group {
  job_spec spec;
  std::vector<microseconds> arrivals{};  // in order
};

struct recorded_history {
  timestamp from{};
  timestamp to{};
  std::vector<recorded_group> groups{};
  recorded_types types{};
  std::size_t running_most = 0;  // attempts at a time
  std::uint64_t jobs = 0;
};

class stretch_reader {
 public:
  // Times that are not given are those of the first and the last event.
  stretch_reader(std::optional<timestamp> from, std::optional<timestamp> to);

  // Every event of the log, in order. What is wrong with it, if something is.
  [[nodiscard]] std::optional<std::string> see(stored_event const& event);
  // The end.
  [[nodiscard]] recorded_history finish();

 private:
  struct known_job {
    std::string type;
    std::optional<timestamp> attempt_begin{};
  };
  void on_created(job_record const& r, job_spec const& spec);
  void on_attempt_end(job_record const& r, job_error const* why);
  [[nodiscard]] bool is_in(timestamp t) const;

  std::optional<timestamp> from_;
  std::optional<timestamp> to_;
  recorded_history history_;
  std::map<std::string, std::size_t> group_numbers_;  // by what Created says of such a job
  std::map<job_id, known_job> jobs_;
  std::size_t running_ = 0;
};

}  // namespace retrylab
