#pragma once
// What some events add to the history, by seconds: the pure half of its fold. One thread.

#include "events/core/job_state.hpp"
#include "events/history.hpp"

#include <utility>
#include <vector>

namespace retrylab {

class history_delta {
 public:
  // An event of a job, and the job as it was before it.
  void add(job_state const& before, job_record const& record);
  // One of the system.
  void add(timestamp at);

  // A second that another delta had.
  void add(history_slot const& second) { second_of(second.start).merge(second); }

  // In the order in which they were met.
  [[nodiscard]] std::vector<history_slot> const& seconds() const { return seconds_; }
  [[nodiscard]] std::vector<history_slot> take() { return std::exchange(seconds_, {}); }

 private:
  history_slot& second_of(timestamp at);
  std::vector<history_slot> seconds_;
};

}  // namespace retrylab
