#include "events/core/system_state.hpp"

#include "events/core/result.hpp"

namespace retrylab {
namespace {

void end_batch(system_state& state, batch_ended const& e) {
  auto const found = state.batches.find(e.batch);
  if (found == state.batches.end()) return;
  auto const parent = state.batches.find(found->second.parent);
  if (parent != state.batches.end() && e.end == batch_end::expired)
    parent->second.lost_child = true;
  state.batches.erase(found);
}

}  // namespace

retry_policy named_policy::as_taken(std::string_view name) const {
  retry_policy taken = policy;
  taken.name = std::string{name} + "@" + std::to_string(version);
  return taken;
}

void evolve(system_state& state, system_event const& event, timestamp at) {
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
          [&](rules_set const& e) { state.rules = e.rules; },
          [&](purged const& e) {
            ++state.purges;
            state.purged_jobs += e.count;
          },
          [&](batch_opened const& e) {
            ++state.batches_opened;
            state.batches[e.batch] = {e.description, e.parent, e.complete, e.success, at};
          },
          [&](batch_committed const& e) {
            auto const found = state.batches.find(e.batch);
            if (found != state.batches.end()) found->second.committed = true;
          },
          [&](batch_ended const& e) { end_batch(state, e); },
          [](auto const&) {},
      },
      event);
}

}  // namespace retrylab
