#include "actors/queues/local_ready_queue.hpp"

#include <algorithm>

namespace retrylab {

local_ready_queue::lanes& local_ready_queue::find(std::string_view queue) {
  if (auto const found = queues_.find(queue); found != queues_.end()) return found->second;
  auto const made = queues_.try_emplace(std::string{queue}).first;
  made->second.name = made->first;
  return made->second;
}

void local_ready_queue::give_turn(lanes& queue, std::size_t priority) {
  lane& l = queue.by_priority.at(priority);
  if (l.has_turn || l.jobs.empty() || !queue.open) return;
  l.has_turn = true;
  turns_.at(priority).push_back(&queue);
}

void local_ready_queue::push(std::string_view queue, unsigned priority, job_id job) {
  lanes& found = find(queue);
  found.by_priority.at(priority).jobs.push_back(job);
  ++found.size;
  ++size_;
  give_turn(found, priority);
}

job_id local_ready_queue::take(lanes& queue, std::size_t priority) {
  auto& jobs = queue.by_priority.at(priority).jobs;
  job_id const job = jobs.front();
  jobs.pop_front();
  --queue.size;
  --size_;
  return job;
}

std::optional<job_id> local_ready_queue::pop(std::string_view queue) {
  auto const found = queues_.find(queue);
  if (found == queues_.end() || found->second.size == 0) return std::nullopt;
  for (std::size_t priority = priorities; priority-- > 0;) {
    if (!found->second.by_priority.at(priority).jobs.empty()) return take(found->second, priority);
  }
  return std::nullopt;
}

std::optional<ready_job> local_ready_queue::pop() {
  for (std::size_t priority = priorities; priority-- > 0;) {
    auto& turns = turns_.at(priority);
    while (!turns.empty()) {
      lanes& queue = *turns.front();
      turns.pop_front();
      lane& l = queue.by_priority.at(priority);
      l.has_turn = false;
      if (!queue.open || l.jobs.empty()) continue;  // so since it got its turn
      job_id const job = take(queue, priority);
      give_turn(queue, priority);
      return ready_job{queue.name, job};
    }
  }
  return std::nullopt;
}

bool local_ready_queue::may_pop() const {
  return std::any_of(turns_.begin(), turns_.end(),
                     [](auto const& turns) { return !turns.empty(); });
}

void local_ready_queue::open(std::string_view queue, bool is_open) {
  lanes& found = find(queue);
  found.open = is_open;
  for (std::size_t priority = 0; priority < priorities; ++priority) give_turn(found, priority);
}

std::size_t local_ready_queue::size(std::string_view queue) const {
  auto const found = queues_.find(queue);
  return found == queues_.end() ? 0 : found->second.size;
}

}  // namespace retrylab
