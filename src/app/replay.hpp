#pragma once
// What `retrylab replay` does with a range of a log. Each prints to standard output; the exit codes
// are those of sysexits.h. None of them writes to the log, and all may run beside a server.

#include "events/store/merged_log.hpp"

#include <functional>

namespace retrylab {

struct replay_range {
  seq from{1};  // both included
  seq to{INT64_MAX};
  std::optional<job_id> job{};  // of this one alone
};

// Calls `see` with every event up to the end of the range, page by page, until it says false. The
// beginning of the range is the caller's to look at: states are folded from the first event on.
[[nodiscard]] std::optional<store_failure> each_event(
    event_reader& events, seq to, std::function<bool(stored_event const&)> const& see);

struct replay_output {
  bool json = false;     // one object a line
  bool changes = false;  // and what each event changes in its job
  bool step = false;     // and waits for Enter after each event
};
[[nodiscard]] int replay_print(event_reader& events, replay_range const& range,
                               replay_output const& how);

// Decides every event of the range anew and says where this program decides differently.
[[nodiscard]] int replay_verify(event_reader& events, replay_range const& range);

// Where two logs begin to differ, but for the time at which things happened unless `times`.
[[nodiscard]] int replay_compare(event_reader& events, event_reader& other,
                                 replay_range const& range, bool times);

// Builds the views as they were at the end of the range.
[[nodiscard]] int replay_views(event_reader& events, replay_range const& range,
                               std::filesystem::path const& file);

}  // namespace retrylab
