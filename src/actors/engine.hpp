#pragma once
// The server without its sockets: actors, dispatcher, simulator, feed, and the order in which they
// start and stop. The real server and the simulated world both run this class; they differ in the
// ports they give it. Io thread only.

#include "actors/batches.hpp"
#include "actors/dispatcher.hpp"
#include "actors/executors/simulated_executor.hpp"
#include "actors/fault_injector.hpp"
#include "actors/live_feed.hpp"
#include "actors/operations.hpp"
#include "actors/policy_book.hpp"
#include "actors/queue_control.hpp"
#include "actors/queues/local_ready_queue.hpp"
#include "actors/retention.hpp"
#include "actors/tracked_jobs.hpp"
#include "actors/workers.hpp"
#include "events/core/limits.hpp"
#include "events/core/system_state.hpp"

#include <deque>

namespace retrylab {

struct engine_ports {
  boost::asio::any_io_executor io;
  clock& time;
  commit_log& log;
  read_pool& reads;
  std::function<void()> hurry_projection = [] {};  // the views are wanted up to date
};

// What runs attempts in this process, beside the simulator.
struct runner {
  executor& runs;
  dispatcher_options options;
};

struct engine_options {
  std::uint64_t seed = 0;
  std::uint64_t epoch = 1;
  dispatcher_options dispatch{};  // of the simulator
  executor* simulator = nullptr;  // in place of the built-in one; outlives the engine
  handler_table handlers{};
  milliseconds lease = limits::lease_time;  // a worker silent for so long is lost
  bool connected_is_alive = false;  // a worker that is connected is never silent: where time jumps
  std::size_t queue_max_length = 10'000'000;  // jobs ready to run in one queue
  bool lab = false;                           // faults may be injected
  retention_options retention{};              // by default everything is kept
};

class engine final : private job_observer {
 public:
  // `head`: of the log, when the view has caught up with it.
  engine(engine_ports ports, engine_options options, log_head const& head);
  engine(engine const&) = delete;
  engine& operator=(engine const&) = delete;

  // One more kind of handler. Before recover().
  void add(runner r);
  // Picks up what the log left unended.
  [[nodiscard]] result<std::size_t, store_failure> recover(job_reader& jobs, event_reader& log);
  // Records ServerStarted, then lets jobs run. `started`: whether that was recorded.
  void start(callback<bool> started);
  // Gives running attempts back. `done`: the log has it.
  // Attempts of workers go on.
  void stop(std::function<void()> done);

  [[nodiscard]] job_actors& jobs() { return actors_; }
  [[nodiscard]] queue_control& queues() { return queues_; }
  [[nodiscard]] policy_book& policies() { return policies_; }
  [[nodiscard]] batches& batch_book() { return batches_; }
  [[nodiscard]] batches const& batch_book() const { return batches_; }
  [[nodiscard]] operations& bulk() { return bulk_; }
  // Whether so many more jobs may be created in the queue now. Those on their way to the log do not
  // count yet, so a burst may go over by what the log's inbox holds.
  [[nodiscard]] bool has_room(std::string_view queue, std::size_t count) const;
  // Over the whole life of the log.
  [[nodiscard]] std::uint64_t purged_jobs() const { return system_.state().purged_jobs; }
  [[nodiscard]] live_feed& feed() { return feed_; }
  [[nodiscard]] leases& attempts() { return leases_; }
  [[nodiscard]] workers& known() { return workers_; }
  [[nodiscard]] fault_injector& faults() { return faults_; }
  [[nodiscard]] tracked_jobs const& tracked() const { return tracked_; }
  [[nodiscard]] handler_table const& handlers() const { return options_.handlers; }
  // Attempts that run, and jobs that could start now, in a queue.
  [[nodiscard]] std::size_t running(std::string_view queue) const { return gates_.running(queue); }
  [[nodiscard]] std::size_t ready(std::string_view queue) const;
  // The fence of the newest attempt that runs in the queue.
  [[nodiscard]] std::optional<seq> newest_attempt(std::string_view queue) const;
  // Attempts of one kind of handler, when this process runs them.
  struct slots {
    std::size_t running = 0;
    std::size_t concurrency = 0;
    std::optional<seq> newest{};
  };
  [[nodiscard]] std::optional<slots> slots_of(handler_kind kind) const;
  // Attempts that run outside of this process' own simulator, and jobs that a worker which is
  // connected or expected may fetch now: what becomes of them is not for the clock to say.
  [[nodiscard]] std::size_t outside() const;
  // Records that somebody moved the clock. The answer: whether the log has it.
  void note_advance(timestamp to, callback<bool> answer);
  [[nodiscard]] deadlines& timers() { return deadlines_; }
  [[nodiscard]] engine_ports const& ports() const { return ports_; }
  // How often the log was opened: part of names that must never come twice.
  [[nodiscard]] std::uint64_t epoch() const { return options_.epoch; }
  // The newest event that anybody was told of.
  [[nodiscard]] seq acknowledged() const { return std::max(acknowledged_, system_.last()); }

 private:
  void committed(job_state const& state, std::span<job_record const> records) override;
  std::optional<start_attempt> slot_for(job_state const& created, timestamp now) override;
  void withdrawn(job_state const& created) override;
  std::optional<job_command> foretold(job_state const& begun) override;
  void recover(job_state const& state);
  void resume();

  engine_ports ports_;
  engine_options options_;
  deadlines deadlines_;
  queue_gates gates_;
  simulated_executor simulator_;
  struct lane {
    local_ready_queue ready;
    dispatcher starts;
    lane(engine& e, runner r)
        : starts({e.ports_.time, e.deadlines_, e.gates_, e.options_.handlers, ready, r.runs},
                 std::move(r.options)) {}
  };
  std::deque<lane> lanes_;  // one for each kind of handler that runs here
  local_ready_queue remote_;
  leases leases_;
  system_stream system_;
  workers workers_;
  fault_injector faults_;
  tracked_jobs tracked_;
  queue_control queues_;
  policy_book policies_;
  batches batches_;
  job_actors actors_;
  operations bulk_;
  live_feed feed_;
  retention retention_;
  seq acknowledged_;
};

}  // namespace retrylab
