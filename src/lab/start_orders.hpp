#pragma once
// In which order the first attempts of each queue began.

#include "lab/run_record.hpp"

namespace retrylab {

struct out_of_order {
  job_id early{};  // began, although
  job_id late{};   // this one should have begun before
};

// `in`: the groups that count. The first pair, by when the early one began.
//
// Of the same queue and priority: one that could run earlier begins earlier. Of jobs that could run
// at the same instant, and were not delayed, the one that was created first.
[[nodiscard]] std::optional<out_of_order> first_out_of_turn(run_record const& record,
                                                            std::vector<job_group> const& groups,
                                                            std::vector<bool> const& in);
// Of the same queue: no job begins while one of a higher priority waits that could run before.
[[nodiscard]] std::optional<out_of_order> first_before_a_higher(
    run_record const& record, std::vector<job_group> const& groups, std::vector<bool> const& in);

}  // namespace retrylab
