#pragma once
// The port of the queue of jobs that may start. It is a hint: a job starts only by a committed
// Attempted, so a lost entry comes back from the log and a doubled one is refused by the job's
// actor.

#include "events/core/ids.hpp"

#include <optional>
#include <string_view>

namespace retrylab {

class ready_queue {
 public:
  virtual ~ready_queue() = default;
  virtual void push(std::string_view queue, unsigned priority, job_id job) = 0;
  // Highest priority first; queues of the same priority take turns; first in, first out within a
  // queue.
  [[nodiscard]] virtual std::optional<job_id> pop() = 0;
  [[nodiscard]] virtual std::size_t size() const = 0;
};

}  // namespace retrylab
