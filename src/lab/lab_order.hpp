#pragma once
// A scenario that somebody wants to see played, under one choice of policies or two, and what it
// became. Plain data.

#include "lab/lab_run.hpp"

#include <memory>

namespace retrylab {

// Which policies the jobs have.
struct policy_choice {
  std::string name;                      // "scenario": as written; or one of its policies
  std::optional<retry_policy> policy{};  // instead: this one for all jobs
};
inline constexpr char const* as_written = "scenario";

// The scenario with the choice made.
[[nodiscard]] scenario with_choice(scenario s, policy_choice const& choice);
// As a person would call it: "scenario", "patient", "fixed".
[[nodiscard]] std::string name_of(policy_choice const& choice);

// Jobs that really came, in place of a scenario's.
struct recorded_jobs {
  timestamp from{};
  timestamp to{};
  std::vector<std::string> queues{};  // none: all
  std::size_t slots = 0;
  std::uint64_t jobs = 0;
};

struct lab_order {
  std::string text;  // of the scenario, as it came; of recorded jobs, none
  scenario plan;
  std::optional<recorded_jobs> recorded{};
  policy_choice a{as_written};
  std::optional<policy_choice> b{};  // what is compared with it
};

// The virtual time that the order is about: it goes on after the last recorded job came.
[[nodiscard]] microseconds duration_of(lab_order const& order);

enum class lab_run_status : unsigned char { queued, running, finished, stopped, failed };
[[nodiscard]] std::string_view to_string(lab_run_status status);
[[nodiscard]] inline bool has_ended(lab_run_status status) {
  return status != lab_run_status::queued && status != lab_run_status::running;
}

// How far a run is: on which side, and there.
struct lab_progress {
  std::size_t side = 0;
  stage_progress at{};
};

// A run as it is at one moment.
struct lab_run_view {
  std::uint64_t id = 0;
  timestamp created_at{};
  lab_run_status status = lab_run_status::queued;
  bool stopping = false;
  lab_progress progress{};
  std::shared_ptr<lab_order const> order;
  // What is known of each side so far, as JSON; of one that has not begun, nothing.
  std::shared_ptr<std::string const> sides;
  std::optional<bool> passed{};  // every side; once all have ended
  bool partial = false;          // of what should have been played, a part
  std::optional<job_id> job{};   // one that is worth a look
  std::string why{};             // of a run that failed: a sentence
};

// A line of the list, and the whole.
void append_brief(std::string& out, lab_run_view const& run);
void append_whole(std::string& out, lab_run_view const& run);

// One side of a run, while it is played and after.
void append_side(std::string& out, std::size_t side, run_series const& series,
                 lab_report const* report);
// What happened to a job on one side.
void append_side(std::string& out, std::size_t side, job_timeline const& line);

[[nodiscard]] std::string_view side_name(std::size_t side);  // "a", "b"

}  // namespace retrylab
