#include "actors/queues/local_ready_queue.hpp"

namespace retrylab {

void local_ready_queue::push(std::string_view queue, unsigned priority, job_id job) {
  auto found = queues_.find(queue);
  if (found == queues_.end()) found = queues_.try_emplace(std::string{queue}).first;
  std::deque<job_id>& lane = found->second.at(priority);
  if (lane.empty()) turns_.at(priority).push_back(&found->second);
  lane.push_back(job);
  ++size_;
}

std::optional<job_id> local_ready_queue::pop() {
  for (std::size_t priority = priorities; priority-- > 0;) {
    auto& turns = turns_.at(priority);
    if (turns.empty()) continue;
    lanes* const queue = turns.front();
    turns.pop_front();
    std::deque<job_id>& lane = queue->at(priority);
    job_id const job = lane.front();
    lane.pop_front();
    if (!lane.empty()) turns.push_back(queue);
    --size_;
    return job;
  }
  return std::nullopt;
}

}  // namespace retrylab
