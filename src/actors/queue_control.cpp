#include "actors/queue_control.hpp"

namespace retrylab {
namespace {

constexpr char const* operator_name = "operator";

}  // namespace

void queue_control::recover() {
  for (auto const& [queue, settings] : system_.state().queues) gates_.configure(queue, settings);
}

queue_settings queue_control::settings(std::string_view queue) const {
  auto const& queues = system_.state().queues;
  auto const found = queues.find(queue);
  return found == queues.end() ? queue_settings{} : found->second;
}

std::vector<std::string> queue_control::names() const {
  std::vector<std::string> out;
  for (auto const& [name, settings] : system_.state().queues) out.push_back(name);
  return out;
}

void queue_control::pause(std::string queue, std::string reason, callback<queue_answer> answer) {
  queue_settings const now = settings(queue);
  if (now.paused && now.reason == reason) return std::move(answer)(queue_answer{now});
  system_event event = queue_paused{queue, operator_name, std::move(reason)};
  change(std::move(queue), std::move(event), std::move(answer));
}

void queue_control::resume(std::string queue, callback<queue_answer> answer) {
  queue_settings const now = settings(queue);
  if (!now.paused) return std::move(answer)(queue_answer{now});
  system_event event = queue_resumed{queue, operator_name};
  change(std::move(queue), std::move(event), std::move(answer));
}

void queue_control::limit(std::string queue, std::optional<std::uint32_t> concurrency,
                          callback<queue_answer> answer) {
  queue_settings const now = settings(queue);
  if (now.concurrency == concurrency) return std::move(answer)(queue_answer{now});
  system_event event = queue_limited{queue, concurrency, operator_name};
  change(std::move(queue), std::move(event), std::move(answer));
}

void queue_control::change(std::string queue, system_event event, callback<queue_answer> answer) {
  auto stored = [this, queue = std::move(queue),
                 answer = std::move(answer)](append_reply reply) mutable {
    if (!std::holds_alternative<appended>(reply))
      return std::move(answer)(queue_answer{refusal_of(reply)});
    gates_.configure(queue, settings(queue));
    std::move(answer)(queue_answer{settings(queue)});
  };
  system_.append(std::move(event), std::move(stored));
}

}  // namespace retrylab
