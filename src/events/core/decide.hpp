#pragma once
// state + command -> events, or a rejection. Pure: what it must know of the world stands in
// decide_context. The events of one decision are one batch: all of them are stored, or none.

#include "events/core/job_commands.hpp"
#include "events/core/job_state.hpp"
#include "events/core/result.hpp"
#include "events/core/retry_rules.hpp"

#include <span>
#include <vector>

namespace retrylab {

struct decide_context {
  timestamp now;
  std::uint64_t seed;  // the server's, recorded in ServerStarted
  std::span<retry_rule const> rules{};
};

using decision = result<std::vector<job_event>, rejection>;

[[nodiscard]] decision decide(job_state const& state, job_command const& command,
                              decide_context const& context);

// A sentence for the person who asked, with the status that stood in the way.
[[nodiscard]] std::string explain(rejection why, job_status status);

}  // namespace retrylab
