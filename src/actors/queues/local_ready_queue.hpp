#pragma once
// The ready queue in this process: eight bytes a job. Io thread only.

#include "actors/ready_queue.hpp"
#include "events/core/limits.hpp"

#include <array>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace retrylab {

class local_ready_queue final : public ready_queue {
 public:
  void push(std::string_view queue, unsigned priority, job_id job) override;
  std::optional<job_id> pop() override;
  std::size_t size() const override { return size_; }

 private:
  static constexpr std::size_t priorities = limits::priority_max + 1;
  using lanes = std::array<std::deque<job_id>, priorities>;

  std::map<std::string, lanes, std::less<>> queues_;
  std::array<std::deque<lanes*>, priorities> turns_;  // queues that have a job of this priority
  std::size_t size_ = 0;
};

}  // namespace retrylab
