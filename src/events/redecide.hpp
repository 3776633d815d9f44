#pragma once
// Decides again what the log says was decided: from the events of a command, the command; from the
// state before it, decide(); and whether that gives the same events. It holds for every log that
// this version wrote, and shows where another version decides differently. Pure.

#include "events/core/decide.hpp"
#include "events/core/system_state.hpp"

#include <optional>
#include <span>
#include <string>

namespace retrylab {

// How many of these events, from the first, are of one command. `stream`: of one job, not empty.
[[nodiscard]] std::size_t events_of_one_command(std::span<job_record const> stream);

// What differs, as a sentence; nothing when the same comes out. `before`: the job's state, `batch`:
// the events of one command.
[[nodiscard]] std::optional<std::string> redecide(job_state const& before,
                                                  std::span<job_record const> batch,
                                                  std::uint64_t seed,
                                                  std::span<retry_rule const> rules);

}  // namespace retrylab
