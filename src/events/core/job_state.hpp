#pragma once
// A job as its events say it is, and the step from one event to the next. evolve() is total and
// depends on its arguments alone: the state after the same events is the same everywhere, in the
// actor, in a view, in the browser and in a replay.

#include "events/core/job_events.hpp"
#include "events/core/status.hpp"

#include <span>

namespace retrylab {

// The attempt that runs now.
struct running_attempt {
  seq fence{};
  attempt_number attempt = 0;
  std::string worker;
  std::optional<timestamp> lease_expires_at{};
  bool cancel_requested = false;
  bool operator==(running_attempt const&) const = default;
};

// What workers said of it last.
struct job_progress {
  std::optional<unsigned> percent{};
  std::string text{};
  timestamp at{};
  bool operator==(job_progress const&) const = default;
};

struct job_state {
  job_id id{};
  stream_version version = 0;  // 0: there is no such job
  generation_number generation = 1;
  job_status status = job_status::queued;  // as stored; status_at() is what is shown
  immutable<job_spec> spec{};              // edits of a requeue included

  attempt_number attempts = 0;   // failed ones of this generation
  std::uint32_t executions = 0;  // attempts started, over all generations
  std::optional<running_attempt> running{};
  std::optional<timestamp> due{};  // of a scheduled or retrying job
  std::optional<job_error> error{};
  std::optional<raw_json> result{};
  std::optional<job_progress> progress{};
  std::optional<timestamp> first_failed_at{};  // of this generation
  unsigned lost_workers = 0;                   // attempts of this generation that ended with them

  timestamp created_at{};
  timestamp generation_at{};  // when this generation began: max_age counts from here
  timestamp updated_at{};
  std::optional<timestamp> started_at{};
  std::optional<timestamp> finished_at{};
  retrylab::seq seq{};  // of the newest event

  [[nodiscard]] bool exists() const { return version > 0; }
  bool operator==(job_state const&) const = default;
};

// In place: a state is large, and moving it costs as much as most events do.
void evolve(job_state& state, job_record const& record);
[[nodiscard]] job_state fold(std::span<job_record const> records);

// A waiting job whose time has come is queued; nothing else depends on the clock.
[[nodiscard]] job_status status_at(job_state const& state, timestamp now);

// The one instant at which this job wants attention: its due time while it waits, its lease's end
// while it runs.
[[nodiscard]] std::optional<timestamp> next_deadline(job_state const& state);

// Whether this event may come next, by the table in docs/job_lifecycle.md. Written apart from
// decide(), so that each checks the other; the actor refuses to append what this refuses. Returns
// the reason, or nothing when it is legal.
[[nodiscard]] std::optional<std::string> why_illegal(job_state const& state,
                                                     job_event const& event);

}  // namespace retrylab
