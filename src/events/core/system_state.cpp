#include "events/core/system_state.hpp"

#include "events/core/result.hpp"

namespace retrylab {

void evolve(system_state& state, system_event const& event) {
  std::visit(
      overloaded{
          [&](queue_paused const& e) {
            state.queues[e.queue].paused = true;
            state.queues[e.queue].reason = e.reason;
          },
          [&](queue_resumed const& e) {
            state.queues[e.queue].paused = false;
            state.queues[e.queue].reason.clear();
          },
          [&](queue_limited const& e) { state.queues[e.queue].concurrency = e.concurrency; },
          [&](policy_set const& e) { state.policies[e.name] = {e.policy_version, e.policy}; },
          [&](purged const& e) {
            ++state.purges;
            state.purged_jobs += e.count;
          },
          [](auto const&) {},
      },
      event);
}

}  // namespace retrylab
