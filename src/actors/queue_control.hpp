#pragma once
// What an operator does to a queue. Each change is an event of the system, and takes effect once it
// is on disk. Io thread only.

#include "actors/job_actor.hpp"
#include "actors/queue_gates.hpp"
#include "actors/system_stream.hpp"

namespace retrylab {

// The queue's settings after the change, or why the log did not take it.
using queue_answer = result<queue_settings, ask_error>;

class queue_control {
 public:
  queue_control(system_stream& system, queue_gates& gates) : system_(system), gates_(gates) {}

  // Hands the gates what the log says. Before anything runs.
  void recover();

  // What is so already is answered at once, without an event.
  void pause(std::string queue, std::string reason, callback<queue_answer> answer);
  void resume(std::string queue, callback<queue_answer> answer);
  void limit(std::string queue, std::optional<std::uint32_t> concurrency,
             callback<queue_answer> answer);

  [[nodiscard]] queue_settings settings(std::string_view queue) const;
  // Of the queues that somebody set.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  void change(std::string queue, system_event event, callback<queue_answer> answer);

  system_stream& system_;
  queue_gates& gates_;
};

}  // namespace retrylab
