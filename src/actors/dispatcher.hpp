#pragma once
// Brings due jobs and free slots together. It watches every committed change: a job that waits goes
// into the ready queue or the deadline heap, one that runs into a slot, one that ended frees it. It
// trusts no entry of its own: each start is asked of the job's actor, and the executor begins only
// after the Attempted is on disk. Io thread only.

#include "actors/executor.hpp"
#include "actors/job_actors.hpp"
#include "actors/name_table.hpp"
#include "actors/ready_queue.hpp"
#include "actors/runtime/deadlines.hpp"
#include "events/core/system_state.hpp"

#include <limits>
#include <map>

namespace retrylab {

struct dispatcher_options {
  std::size_t concurrency = 128;
  std::string worker = "simulator";
  bool simulate = true;  // off: jobs without a handler wait for a worker
};

class dispatcher final : public job_observer {
 public:
  dispatcher(clock& time, deadlines& timers, ready_queue& ready, executor& runs,
             dispatcher_options options);
  dispatcher(dispatcher const&) = delete;
  dispatcher& operator=(dispatcher const&) = delete;

  // The actors are made after their observer. Before any job moves.
  void attach(job_actors& actors) { actors_ = &actors; }

  void committed(job_state const& state, std::span<job_record const> records) override;
  // A job that had not ended when the process began. One that ran here was interrupted. Nothing
  // starts before resume().
  void recover(job_state const& state);
  void resume();
  // A queue that is paused, or has as many attempts as it may, starts none.
  void configure(std::string_view queue, queue_settings const& settings);

  // No attempt starts any more. The running ones are given back; `done` is called when the log has
  // it.
  void stop(std::function<void()> done);

  [[nodiscard]] std::size_t running() const { return running_.size(); }
  [[nodiscard]] std::size_t running(std::string_view queue) const;
  // Jobs of the queue that could start.
  [[nodiscard]] std::size_t ready(std::string_view queue) const { return ready_.size(queue); }

 private:
  struct queue_load {
    std::size_t busy = 0;  // attempts that run or are about to
    bool paused = false;
    std::size_t limit = std::numeric_limits<std::size_t>::max();
    [[nodiscard]] bool open() const { return !paused && busy < limit; }
  };
  using loads = std::map<std::string, queue_load, std::less<>>;
  struct slot {
    seq fence;
    loads::iterator queue;
    std::optional<job_command> result{};  // that could not be recorded yet
  };
  void enqueue(job_state const& state);
  void begin(job_state const& state);
  void free_slot(job_id job);
  void pump();
  loads::iterator load_of(std::string_view queue);
  void take(loads::iterator queue);
  void give_back(loads::iterator queue);
  void start(ready_job next);
  void finished(job_id job, seq fence, attempt_outcome outcome);
  void report(job_id job, seq fence, job_command command);
  void tick(job_id job);
  void step_later();
  void check_stopped();

  clock& clock_;
  deadlines& timers_;
  ready_queue& ready_;
  executor& executor_;
  dispatcher_options options_;
  job_actors* actors_ = nullptr;
  name_table queues_;
  std::map<job_id, slot> running_;
  loads loads_;
  std::size_t starting_ = 0;
  bool paused_ = true;
  bool stopping_ = false;
  bool pumping_ = false;
  bool step_armed_ = false;
  std::vector<job_id> ticks_later_;
  std::function<void()> stopped_;
};

}  // namespace retrylab
