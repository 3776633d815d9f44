#pragma once
// Brings due jobs of one kind of handler and free slots together. It watches every committed
// change: a job that waits goes into the ready queue or the deadline heap, one that runs into a
// slot, one that ended frees it. It trusts no entry of its own: each start is asked of the job's
// actor, and the executor begins only after the Attempted is on disk. Io thread only.

#include "actors/executor.hpp"
#include "actors/handler_table.hpp"
#include "actors/job_actors.hpp"
#include "actors/name_table.hpp"
#include "actors/queue_gates.hpp"
#include "actors/ready_queue.hpp"
#include "actors/runtime/deadlines.hpp"

#include <map>

namespace retrylab {

struct dispatcher_options {
  std::size_t concurrency = 128;
  handler_kind kind = handler_kind::simulate;
  std::string worker = "simulator";  // what its attempts call themselves
};

class dispatcher final : public job_observer {
 public:
  struct ports {
    clock& time;
    deadlines& timers;
    queue_gates& gates;
    handler_table const& handlers;
    ready_queue& ready;
    executor& runs;
  };
  dispatcher(ports const& p, dispatcher_options options);
  dispatcher(dispatcher const&) = delete;
  dispatcher& operator=(dispatcher const&) = delete;

  // The actors are made after their observer. Before any job moves.
  void attach(job_actors& actors) { actors_ = &actors; }

  void committed(job_state const& state, std::span<job_record const> records) override;
  std::optional<start_attempt> slot_for(job_state const& created, timestamp now) override;
  void withdrawn(job_state const& created) override;
  std::optional<job_command> foretold(job_state const& begun) override;
  // A job that had not ended when the process began. One that ran here was interrupted. Nothing
  // starts before resume().
  void recover(job_state const& state);
  void resume();

  // No attempt starts any more. The running ones are given back; `done` is called when the log has
  // it.
  void stop(std::function<void()> done);

  [[nodiscard]] std::size_t running() const { return running_.size(); }
  // The fence of the newest attempt that runs, of one queue or of all.
  [[nodiscard]] std::optional<seq> newest(std::optional<std::string_view> queue = {}) const;
  [[nodiscard]] dispatcher_options const& options() const { return options_; }
  // Jobs of the queue that could start.
  [[nodiscard]] std::size_t ready(std::string_view queue) const { return ready_.size(queue); }

 private:
  struct slot {
    seq fence;
    queue_gates::place queue;
    std::optional<job_command> result{};  // that could not be recorded yet
  };
  void enqueue(job_state const& state);
  void begin(job_state const& state);
  void free_slot(job_id job);
  [[nodiscard]] bool has_slot() const;
  void settle(job_state const& created, bool runs);
  void pump();
  void start(ready_job next);
  void finished(job_id job, seq fence, attempt_outcome outcome);
  void report(job_id job, seq fence, job_command command);
  void tick(job_id job);
  void step_later();
  void check_stopped();

  clock& clock_;
  deadlines& timers_;
  queue_gates& gates_;
  handler_table const& handlers_;
  ready_queue& ready_;
  executor& executor_;
  dispatcher_options options_;
  deadline_kind due_;
  deadline_kind lease_;
  deadline_kind step_;
  job_actors* actors_ = nullptr;
  name_table queues_;
  std::map<job_id, slot> running_;
  std::size_t starting_ = 0;
  // Jobs that are on their way to the log.
  enum class creation : unsigned char { starts, ends, waits };
  std::map<job_id, creation> creating_;
  std::size_t passed_over_ = 0;  // those that wait: who comes later does not start before them
  bool paused_ = true;
  bool stopping_ = false;
  bool pumping_ = false;
  bool step_armed_ = false;
  std::vector<job_id> ticks_later_;
  std::function<void()> stopped_;
};

}  // namespace retrylab
