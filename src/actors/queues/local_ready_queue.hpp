#pragma once
// The ready queue in this process: eight bytes a job. Io thread only.

#include "actors/ready_queue.hpp"
#include "events/core/limits.hpp"

#include <array>
#include <deque>
#include <map>
#include <string>

namespace retrylab {

class local_ready_queue final : public ready_queue {
 public:
  void push(std::string_view queue, unsigned priority, job_id job) override;
  std::optional<ready_job> pop() override;
  std::optional<job_id> pop(std::string_view queue) override;
  bool may_pop() const override;
  void open(std::string_view queue, bool is_open) override;
  std::size_t size() const override { return size_; }
  std::size_t size(std::string_view queue) const override;

 private:
  static constexpr std::size_t priorities = limits::priority_max + 1;
  struct lane {
    std::deque<job_id> jobs;
    bool has_turn = false;  // stands in turns_
  };
  struct lanes {
    std::string_view name;
    std::array<lane, priorities> by_priority;
    std::size_t size = 0;
    bool open = true;
  };
  lanes& find(std::string_view queue);
  job_id take(lanes& queue, std::size_t priority);
  void give_turn(lanes& queue, std::size_t priority);

  std::map<std::string, lanes, std::less<>> queues_;
  std::array<std::deque<lanes*>, priorities> turns_;  // open queues with a job of this priority
  std::size_t size_ = 0;
};

}  // namespace retrylab
