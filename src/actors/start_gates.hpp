#pragma once
// What stands between a waiting job and its next attempt, in the order in which a start asks: the
// answer to "why is it not running". Io thread only.

#include "actors/engine.hpp"

namespace retrylab {

enum class start_gate : unsigned char { due, queue, concurrency, worker, slot };
[[nodiscard]] std::string_view to_string(start_gate gate);

struct gate_state {
  start_gate gate{};
  bool closed = false;
  std::string sentence;  // what is so, without a full stop
  std::optional<timestamp> since{};
  std::optional<seq> cause{};  // the event that made it so, where one did
};

// Of a job that waits; empty for any other.
[[nodiscard]] std::vector<gate_state> start_gates(engine& core, job_state const& job,
                                                  timestamp now);

}  // namespace retrylab
