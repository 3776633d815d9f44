#pragma once
// What every node in virtual time is made of.

#include "actors/runtime/read_pool.hpp"
#include "events/core/time.hpp"

namespace retrylab {

// When virtual time begins.
inline constexpr timestamp beginning = from_micros(1'767'225'600'000'000);  // 2026-01-01T00:00:00Z

// Readers of what outlives them.
inline readers readers_of(event_reader& log, job_reader& jobs) {
  auto const not_owned = [](auto*) {};
  return {std::shared_ptr<event_reader>{&log, not_owned},
          std::shared_ptr<job_reader>{&jobs, not_owned}};
}

}  // namespace retrylab
