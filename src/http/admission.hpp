#pragma once
// Whether well-formed jobs can be taken now: their queues have room, their batches are open. Io
// thread only.

#include "actors/engine.hpp"
#include "http/message.hpp"

#include <optional>
#include <span>

namespace retrylab {

// Why not: 429 for a full queue, 422 for a batch. Nothing: all can be taken.
[[nodiscard]] std::optional<response> refuse_jobs(std::span<job_spec const* const> jobs,
                                                  engine const& core);

}  // namespace retrylab
