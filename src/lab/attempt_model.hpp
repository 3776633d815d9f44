#pragma once
// What becomes of an attempt in a scenario: as the job's payload says, in the time that the
// worker's speed gives, unless an outage or a slow down lies over its beginning. A function of the
// seed, the job and the attempt: the order in which attempts begin changes nothing.

#include "actors/executor.hpp"
#include "lab/scenario.hpp"

namespace retrylab {

struct modelled_attempt {
  microseconds takes{};
  bool hangs = false;  // until its timeout
  attempt_outcome end{};
};

class attempt_model {
 public:
  // Both outlive it.
  attempt_model(scenario const& s, std::uint64_t seed) : scenario_(s), seed_(seed) {}

  // `group`: of the job. `now`: from the beginning of the run.
  [[nodiscard]] modelled_attempt plan(attempt_work const& work, job_group const& group,
                                      speed const& pace, microseconds now) const;

 private:
  [[nodiscard]] std::optional<modelled_attempt> as_recorded(attempt_work const& work,
                                                            microseconds now) const;
  [[nodiscard]] microseconds stretched(microseconds takes, attempt_work const& work,
                                       speed const& pace) const;

  scenario const& scenario_;
  std::uint64_t seed_;
};

}  // namespace retrylab
