#pragma once
// Plays the runs that a server is asked for, one at a time, on a thread of its own that yields to
// all others. A run holds its scenario and its result, no events: a job that somebody wants to look
// at is found by playing the run again, on the same thread.
//
// Every method may be called from any thread, and none waits for a run. Times are only passed
// through; how long a run took is measured with the stopwatch that is handed in.

#include "actors/runtime/callback.hpp"
#include "events/core/result.hpp"
#include "lab/lab_order.hpp"

#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <stop_token>
#include <thread>

namespace retrylab {

struct lab_runs_options {
  std::function<microseconds()> stopwatch;  // real time from any beginning; called on the thread
  std::uint64_t events_most = 0;            // of a side; 0: limits::lab_run_events
};

enum class lab_look_error : unsigned char {
  no_run,    // or no longer
  not_yet,   // it has not ended
  no_job,    // the run has no such job
  busy,      // another run is being played, or too many wait
  stopping,  // the server is
};
// The job's timelines as JSON.
using lab_look = result<std::shared_ptr<std::string const>, lab_look_error>;

enum class lab_stop_error : unsigned char { no_run, ended };

class lab_runs {
 public:
  explicit lab_runs(lab_runs_options options);
  ~lab_runs() { stop(); }
  lab_runs(lab_runs const&) = delete;
  lab_runs& operator=(lab_runs const&) = delete;

  // Nothing: limits::lab_runs_waiting wait already, or this has stopped.
  std::optional<lab_run_view> start(lab_order order, timestamp now);
  // The newest first.
  [[nodiscard]] std::vector<lab_run_view> list();
  [[nodiscard]] std::optional<lab_run_view> find(std::uint64_t id);
  // What was played until then stays. It ends soon after.
  result<lab_run_view, lab_stop_error> stop(std::uint64_t id);
  // Answers at once, or from the thread.
  void look(std::uint64_t id, job_id job, callback<lab_look> answer);

  // Nothing is played any more; what waits is answered. Does not wait for the thread.
  void wind_up();
  // And waits for it.
  void stop();

 private:
  struct side_result {
    scenario plan;
    lab_report report;
    run_series series;
  };
  struct kept {
    lab_run_view view;
    std::stop_source halt{};
    std::vector<side_result> done{};  // of the thread, while it plays the run
    std::map<job_id, std::shared_ptr<std::string const>> looks{};
  };
  struct wanted_look {
    std::shared_ptr<kept> run;
    job_id job;
    callback<lab_look> answer;
  };

  void work();
  void play(kept& run);
  void play_sides(kept& run);
  void play_side(kept& run, policy_choice const& choice);
  void show_jobs(kept& run);
  void finish(kept& run, std::string why);
  void publish(kept& run, stage_progress const& p);
  void answer(wanted_look look);
  void look_for(kept& run, std::set<job_id> const& jobs, std::stop_token const& halt);
  void forget_old();
  [[nodiscard]] std::shared_ptr<kept> at(std::uint64_t id) const;

  lab_runs_options options_;
  // Over all below but what a run that is played keeps to itself. Held for a few pointers only: the
  // thread may be sent to sleep in the middle of it, and the io thread would wait.
  std::mutex mutex_;
  std::condition_variable wake_;
  std::list<std::shared_ptr<kept>> all_;  // the oldest first
  std::deque<std::shared_ptr<kept>> waiting_;
  std::deque<wanted_look> looks_;
  std::shared_ptr<kept> playing_;
  std::uint64_t last_id_ = 0;
  bool stopping_ = false;
  std::stop_source halt_looks_;
  std::thread thread_;
};

}  // namespace retrylab
