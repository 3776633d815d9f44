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

void evolve(system_state& state, system_record const& record) {
  std::visit(
      overloaded{
          [&](queue_paused const& e) {
            queue_settings& queue = state.queues[e.queue];
            queue.paused = true;
            queue.reason = e.reason;
            queue.paused_by = event_ref{record.seq, record.at};
          },
          [&](queue_resumed const& e) {
            queue_settings& queue = state.queues[e.queue];
            queue.paused = false;
            queue.reason.clear();
            queue.paused_by.reset();
          },
          [&](queue_limited const& e) { state.queues[e.queue].concurrency = e.concurrency; },
          [&](policy_set const& e) { state.policies[e.name] = {e.policy_version, e.policy}; },
          [&](rules_set const& e) { state.rules = e.rules; },
          [&](server_started const& e) { state.seed = e.seed; },
          [&](forked const& e) { state.origin = e; },
          [&](fault_rule_set const& e) { state.faults[e.rule.name] = {e.rule}; },
          [&](fault_rule_removed const& e) { state.faults.erase(e.name); },
          [&](fault_injected const& e) {
            auto const found = state.faults.find(e.rule);
            if (found != state.faults.end()) ++found->second.injected;
          },
          [&](purged const& e) {
            ++state.purges;
            state.purged_jobs += e.count;
          },
          [&](batch_opened const& e) {
            ++state.batches_opened;
            state.batches[e.batch] = {e.description, e.parent, e.complete, e.success, record.at};
          },
          [&](batch_committed const& e) {
            auto const found = state.batches.find(e.batch);
            if (found != state.batches.end()) found->second.committed = true;
          },
          [&](batch_ended const& e) { end_batch(state, e); },
          [](auto const&) {},
      },
      record.event);
}

}  // namespace retrylab
