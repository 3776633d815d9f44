#pragma once
// Whoever starts attempts, as the actors see it. Io thread only.

#include "events/core/job_commands.hpp"
#include "events/core/job_state.hpp"

#include <optional>
#include <span>

namespace retrylab {

class job_observer {
 public:
  virtual ~job_observer() = default;

  // Hears of every committed change, before the asker does.
  virtual void committed(job_state const& state, std::span<job_record const> records) = 0;

  // A job that is about to be created may start in the same commit, when nobody waits before it
  // and a slot is free, which it then has. committed() or withdrawn() follows in any case.
  [[nodiscard]] virtual std::optional<start_attempt> slot_for(job_state const& /*created*/,
                                                              timestamp /*now*/) {
    return std::nullopt;
  }
  virtual void withdrawn(job_state const& /*created*/) {}

  // An attempt that is about to begin: its end, when that is certain already and takes no time. It
  // needs its slot no longer.
  [[nodiscard]] virtual std::optional<job_command> foretold(job_state const& /*begun*/) {
    return std::nullopt;
  }
};

}  // namespace retrylab
