#pragma once
// The port of the queue of jobs that may start. It is a hint: a job starts only by a committed
// Attempted, so a lost entry comes back from the log and a doubled one is refused by the job's
// actor.

#include "events/core/ids.hpp"

#include <optional>
#include <string_view>

namespace retrylab {

struct ready_job {
  std::string_view queue;  // valid as long as the ready queue is
  job_id job;
};

class ready_queue {
 public:
  virtual ~ready_queue() = default;
  virtual void push(std::string_view queue, unsigned priority, job_id job) = 0;
  // Highest priority first; queues of the same priority take turns; first in, first out within a
  // queue. Jobs of a closed queue stay where they are.
  [[nodiscard]] virtual std::optional<ready_job> pop() = 0;
  // The same from one queue, open or not.
  [[nodiscard]] virtual std::optional<job_id> pop(std::string_view queue) = 0;
  // False: pop() would find nothing.
  [[nodiscard]] virtual bool may_pop() const = 0;
  // Every queue begins open.
  virtual void open(std::string_view queue, bool is_open) = 0;
  [[nodiscard]] virtual std::size_t size() const = 0;
  [[nodiscard]] virtual std::size_t size(std::string_view queue) const = 0;
};

}  // namespace retrylab
