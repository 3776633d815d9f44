#pragma once
// What is kept of a run: one small record a job, and what the checks and the report want to know of
// all of them together. Fed with the committed events.

#include "events/stored_event.hpp"
#include "lab/run_series.hpp"
#include "lab/scenario.hpp"

#include <deque>

namespace retrylab {

struct job_outcome {
  std::uint32_t group = 0;
  std::uint16_t error = 0;  // number of its newest error's type; 0: none
  std::uint16_t executions = 0;
  job_status status = job_status::queued;
  bool delayed = false;
  timestamp created_at{};
  timestamp runs_from{};  // when it could run for the first time
  timestamp started_at{};
  timestamp ended_at{};           // once it has
  timestamp attempt_end{};        // of the newest attempt that ended
  timestamp due{};                // of a waiting one
  std::uint64_t first_fence = 0;  // of its first attempt; 0: none began
};

// Which groups a scope has, by their place.
[[nodiscard]] std::vector<bool> groups_in(job_scope const& scope, scenario const& s);

// The most of something in any second, and a job that was there.
class rate_peak {
 public:
  void add(timestamp at, job_id job);
  std::uint64_t most = 0;
  job_id job{};
  timestamp at{};

 private:
  std::deque<timestamp> last_second_;
};

class level_peak {
 public:
  void change(int by, timestamp at, job_id job);
  [[nodiscard]] std::uint64_t now() const { return now_; }
  std::uint64_t most = 0;
  job_id job{};
  timestamp at{};

 private:
  std::uint64_t now_ = 0;
};

// How long after the last outage there are as few unfinished jobs again as there were at most
// before the first.
class calm_watch {
 public:
  explicit calm_watch(scenario const& s);
  // So many are unfinished from this time of the run on.
  void change(std::uint64_t unfinished, microseconds at);
  // Nothing: there was no outage, or it did not become calm.
  [[nodiscard]] std::optional<microseconds> after() const { return after_; }

 private:
  std::optional<window> outages_;  // from the first one's beginning to the last one's end
  std::uint64_t usual_ = 0;
  std::uint64_t unfinished_ = 0;
  std::optional<microseconds> after_;
};

// A gap between attempts that was not as expected.
struct wrong_gap {
  job_id job{};
  std::size_t number = 0;  // from 1
  microseconds gap{};
};

// What one check watches while the run goes on. `groups`: whose jobs.
struct watcher {
  std::vector<bool> groups;
  rate_peak attempts{};
  level_peak unfinished{};
  std::optional<attempt_gaps> gaps{};
  std::uint64_t jobs_seen = 0;
  std::optional<job_id> only{};  // the job that the gaps are about
  std::uint64_t gaps_wrong = 0;
  std::uint64_t gaps_right = 0;
  std::optional<wrong_gap> first_wrong{};
};

class run_record {
 public:
  // `s` outlives it.
  explicit run_record(scenario const& s);

  // The next id goes to a job of this group.
  void expect_job(std::size_t group, timestamp now, microseconds delay);
  void see(stored_event const& at);

  [[nodiscard]] std::vector<job_outcome> const& jobs() const { return jobs_; }
  [[nodiscard]] job_outcome const& job(job_id id) const { return jobs_.at(id.value - 1); }
  [[nodiscard]] std::string const& error_type(job_outcome const& o) const {
    return error_types_.at(o.error);
  }
  [[nodiscard]] std::uint64_t attempts() const { return attempts_; }
  [[nodiscard]] std::uint64_t unfinished() const { return jobs_.size() - ended_; }
  [[nodiscard]] timestamp last_end() const { return last_end_; }
  [[nodiscard]] run_series const& series() const { return series_; }
  [[nodiscard]] std::optional<microseconds> calm_after() const { return calm_.after(); }
  // As it is shown: a waiting job whose time has come is queued.
  [[nodiscard]] static job_status status_of(job_outcome const& o, timestamp now);
  // Of all jobs, and one for each check, in the order of the checks.
  [[nodiscard]] watcher const& everything() const { return everything_; }
  [[nodiscard]] watcher const& of_check(std::size_t check) const { return checks_.at(check); }

 private:
  template <class Act>
  void each_watcher(std::size_t group, Act act);
  void on(stored_event const& at, attempted const& e);
  void on_end(stored_event const& at, job_status status);
  void on_failure(stored_event const& at, failed const& e);
  void count_created(stored_event const& at);
  std::uint16_t number_of(std::string const& error_type);

  std::vector<job_outcome> jobs_;
  std::vector<std::string> error_types_;
  std::map<std::string, std::uint16_t, std::less<>> error_numbers_;
  std::uint64_t attempts_ = 0;
  std::uint64_t ended_ = 0;
  timestamp last_end_{};
  watcher everything_;
  std::vector<watcher> checks_;
  run_series series_;
  calm_watch calm_;
};

}  // namespace retrylab
