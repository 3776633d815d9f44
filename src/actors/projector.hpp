#pragma once
// Applies committed events to the job view and tells who watches it. What it is handed may have
// gaps: it fills them from the log, so that nothing that is dropped on the way is ever missing from
// a view.

#include "actors/runtime/batch_thread.hpp"
#include "events/event_store.hpp"
#include "events/view.hpp"

#include <atomic>
#include <functional>
#include <memory>

namespace retrylab {

// One step of the view, and the events that made it.
struct projected {
  projection step;
  std::vector<stored_event> events;
};

class projector {
 public:
  using published_handler = std::function<void(std::shared_ptr<projected const>)>;
  using failed_handler = std::function<void(std::string const& why)>;

  // `log` and `view` are used on the calling thread of project() and catch_up() only.
  projector(job_view& view, event_reader& log, published_handler published, failed_handler failed)
      : view_(view), log_(log), published_(std::move(published)), failed_(std::move(failed)) {}

  void project(std::vector<stored_event> events);
  // Up to the end of the log. False after a failure.
  bool catch_up();

 private:
  bool apply(std::vector<stored_event> events);
  bool read_until(seq last);
  bool fail(store_failure const& failure);

  job_view& view_;
  event_reader& log_;
  published_handler published_;
  failed_handler failed_;
  bool broken_ = false;
};

// The projector on its own thread. When it cannot keep up, groups are dropped and read from the log
// instead.
class projector_thread {
 public:
  explicit projector_thread(projector& works);
  // From the log's thread.
  void push(std::vector<stored_event> events);
  // Somebody waits for the newest event to be seen. Any thread.
  void hurry() { thread_.hurry(); }
  void stop() { thread_.stop(); }

 private:
  void handle(std::vector<std::vector<stored_event>> groups);
  projector& projector_;
  std::atomic<std::size_t> waiting_events_{0};
  std::atomic<bool> dropped_{false};
  batch_thread<std::vector<stored_event>> thread_;
};

}  // namespace retrylab
