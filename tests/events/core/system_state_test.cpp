// The system as its events say it is.

#include "events/core/system_state.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace retrylab {
namespace {

TEST(system_state, is_what_operators_set_last) {
  system_state s;
  for (system_event const& e : std::vector<system_event>{
           queue_paused{"a", "op", "why"}, queue_limited{"a", 3, "op"}, queue_limited{"b", 1, "op"},
           queue_resumed{"a", "op"}, queue_limited{"b", std::nullopt, "op"},
           server_started{"1", 2, 3}, forked{seq{1}, seq{6}, 0, "ab12", seq{6}, true},
           fault_rule_set{{"a", fault_kind::drop_ack}, "op"},
           fault_injected{"a", fault_kind::drop_ack, job_id{1}, seq{2}, "w"},
           fault_injected{"gone", fault_kind::drop_ack, job_id{1}, seq{2}, "w"},
           fault_rule_set{{"b", fault_kind::quiet_beat}, "op"}, fault_rule_removed{"b", "op"}}) {
    evolve(s, {seq{7}, timestamp{}, e});
  }
  system_state expected;
  expected.queues["a"].concurrency = 3;
  expected.queues["b"];
  expected.seed = 3;
  expected.origin = forked{seq{1}, seq{6}, 0, "ab12", seq{6}, true};
  expected.faults["a"] = {{"a", fault_kind::drop_ack}, 1};
  EXPECT_EQ(s, expected);
}

}  // namespace
}  // namespace retrylab
