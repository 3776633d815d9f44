#pragma once
// A scenario played on the production actors, from its first job to its end, in virtual time. Made
// for millions of jobs: no views, no text of what happened, commits that take no time; a hash
// stands for the trace. world.hpp is the other one, which crashes and checks every invariant.

#include "events/store/export_lines.hpp"
#include "lab/run_record.hpp"

#include <memory>
#include <set>
#include <stop_token>

namespace retrylab {

struct stage_progress {
  microseconds now{};
  microseconds duration{};
  std::uint64_t events = 0;
  std::uint64_t jobs = 0;
  std::uint64_t ended = 0;
  run_record const* record = nullptr;  // of what has happened; as long as the call
};

struct stage_options {
  std::uint64_t seed = 1;
  std::set<job_id> watch{};        // whose events are kept
  bool stop_with_watched = false;  // nothing else is of interest
  export_lines::sink trace{};
  std::function<bool(stage_progress const&)> progress{};  // false: stop
  std::stop_token halt{};                                 // likewise, from any thread and at once
  std::uint64_t events_most = 0;                          // 0: limits::lab_events
};

enum class run_end : unsigned char {
  idle,         // nothing is left to do
  duration,     // the scenario's time is over
  events,       // too many of them
  interrupted,  // somebody said so
  watched       // the watched jobs have ended
};

struct job_timeline {
  std::vector<stored_event> events;  // the first limits::lab_timeline_events
  std::uint64_t more = 0;
};

struct stage_run {
  std::uint64_t seed = 0;
  run_record record;
  run_end end{};
  microseconds time{};  // virtual, that passed
  std::uint64_t events = 0;
  std::string hash{};  // of the trace, in hexadecimal
  std::map<job_id, job_timeline> timelines{};
};

// `s` must outlive the run.
[[nodiscard]] stage_run play(scenario const& s, stage_options options);

}  // namespace retrylab
