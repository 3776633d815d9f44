#pragma once
// Writes a log as the server would have: every event is one that decide() gave, encoded by the
// project's codec and appended by its store, times never decreasing. Jobs come in waves, so that
// their events lie between each other's. One thread.

#include "events/core/job_state.hpp"
#include "events/event_store.hpp"
#include "make_log/job_mix.hpp"

#include <functional>

namespace retrylab::make_log {

struct maker_options {
  std::uint64_t jobs = 0;
  std::uint64_t seed = 1;
  timestamp until{};  // the log ends before
};

class log_maker {
 public:
  log_maker(event_store& log, maker_options const& options);

  // `progress`: after each group, with the jobs and events so far. Nothing, or why it stopped.
  [[nodiscard]] std::optional<std::string> run(
      std::function<void(std::uint64_t jobs, std::uint64_t events)> const& progress);

 private:
  struct live {
    planned_job plan;
    job_state state;
  };
  void start_wave(std::uint64_t jobs);
  void run_attempts();
  void finish_attempts();
  [[nodiscard]] bool wants_attempt(live const& job) const;
  void command(live& job, job_command const& wish);
  [[nodiscard]] std::optional<std::string> flush();

  event_store& log_;
  maker_options const options_;
  job_mix mix_;
  std::vector<live> wave_;
  std::vector<append_batch> group_;
  std::size_t group_events_ = 0;
  timestamp now_;
  std::uint64_t jobs_ = 0;
  std::uint64_t events_ = 0;  // also the seq of the newest
};

}  // namespace retrylab::make_log
