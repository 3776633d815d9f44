#include "actors/queue_gates.hpp"

namespace retrylab {

queue_gates::place queue_gates::at(std::string_view queue) {
  auto const found = gates_.find(queue);
  return found != gates_.end() ? found : gates_.try_emplace(std::string{queue}).first;
}

void queue_gates::tell(place queue) {
  for (listener const& hears : listeners_) hears(queue->first, queue->second.open());
}

void queue_gates::take(place queue) {
  ++queue->second.busy;
  if (!queue->second.open()) tell(queue);
}

void queue_gates::give_back(place queue) {
  bool const was_open = queue->second.open();
  --queue->second.busy;
  if (!was_open && queue->second.open()) tell(queue);
}

void queue_gates::configure(std::string_view queue, queue_settings const& settings) {
  place const here = at(queue);
  here->second.paused = settings.paused;
  here->second.limit = settings.concurrency.value_or(std::numeric_limits<std::size_t>::max());
  tell(here);
}

bool queue_gates::is_open(std::string_view queue) const {
  auto const found = gates_.find(queue);
  return found == gates_.end() || found->second.open();
}

std::size_t queue_gates::running(std::string_view queue) const {
  auto const found = gates_.find(queue);
  return found == gates_.end() ? 0 : found->second.busy;
}

}  // namespace retrylab
