#pragma once
// What a real log says of a stretch of time: when jobs came, and how attempts of each type went,
// minute by minute.
//
// The assumption: an attempt of type T at time t fails as often as real attempts of that type did
// that began within the same minute, and takes as long as these took on average; where there were
// none, as those of the whole stretch.

#include "events/core/job_events.hpp"
#include "events/stored_event.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>

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

// Which part of a log.
struct log_stretch {
  std::optional<timestamp> from{};  // none: from the first event that is seen
  std::optional<timestamp> to{};    // exclusive; none: to the last one
  std::set<std::string> queues{};   // none: of all
};

class stretch_reader {
 public:
  // The Created of a job that was before the events that are seen; nothing when nobody knows it.
  using lookup = std::function<std::optional<stored_event>(job_id)>;
  // Without a lookup the whole log has to be seen.
  explicit stretch_reader(log_stretch which, lookup earlier = {});

  // Events of the log, in order. What is wrong with them, if something is.
  [[nodiscard]] std::optional<std::string> see(stored_event const& event);
  // The end.
  [[nodiscard]] recorded_history finish();

  [[nodiscard]] std::uint64_t jobs() const { return history_.jobs; }
  // Attempts that began in the stretch and have not ended.
  [[nodiscard]] std::size_t open() const { return open_; }

 private:
  struct known_job {
    std::string type{};
    bool counts = true;  // its queue is one of those asked for
    std::optional<timestamp> attempt_begin{};
  };
  known_job& find(job_id job);
  void on_attempted(job_record const& r);
  void forget_attempt(known_job& job);
  void on_created(job_record const& r, job_spec const& spec);
  void on_attempt_end(job_record const& r, job_error const* why);
  [[nodiscard]] bool is_in(timestamp t) const;

  log_stretch which_;
  lookup earlier_;
  recorded_history history_;
  std::map<std::string, std::size_t> group_numbers_;  // by what Created says of such a job
  std::map<job_id, known_job> jobs_;
  std::size_t running_ = 0;
  std::size_t open_ = 0;
};

}  // namespace retrylab
