#pragma once
// The whole server without sockets, on one thread, in virtual time: production actors, codec, views
// and engine over a log in memory. The seed decides everything that is left to chance, so the same
// seed gives the same trace.
//
// A crash destroys the node with everything that waits in it; the log, the outside world and its
// ledger stay.

#include "actors/engine.hpp"
#include "actors/projector.hpp"
#include "actors/runtime/virtual_clock.hpp"
#include "events/log_audit.hpp"
#include "events/store/memory_event_store.hpp"
#include "events/views/memory_job_view.hpp"
#include "lab/simulated_archive.hpp"
#include "lab/simulated_log.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <set>

namespace retrylab {

struct world_faults {
  std::uint64_t crash_one_in = 0;      // commit points; 0: never
  std::uint64_t disk_full_one_in = 0;  // commits; 0: never
};

class world {
 public:
  // `keep`: as in retention_options.
  explicit world(std::uint64_t seed, world_faults faults = {},
                 std::map<job_status, microseconds> keep = {});
  ~world();
  world(world const&) = delete;
  world& operator=(world const&) = delete;

  // Acts as a client; the answer goes into the ledger.
  void create(job_spec spec);
  void command(job_id job, job_command wish);
  // Plans something for later.
  void after(microseconds delay, std::function<void()> act);

  // Until nothing is left to happen, or `steps` of virtual time were made. False: it did not come
  // to rest.
  bool run_until_idle(std::size_t steps = 1'000'000);
  // So long; for worlds that never come to rest, because retention looks again and again.
  void run_for(microseconds time);
  void heal() { faults_ = {}; }

  // Compares what is kept: ledger against log, views against a fold of the log. Adds to
  // violations().
  void check();

  [[nodiscard]] std::vector<std::string> violations() const;
  [[nodiscard]] std::string const& trace() const { return trace_; }
  [[nodiscard]] timestamp now() { return clock_.now(); }
  [[nodiscard]] std::size_t crashes() const { return crashes_; }
  [[nodiscard]] std::set<job_id> const& acknowledged() const { return acknowledged_; }
  [[nodiscard]] std::map<job_id, job_state> const& jobs() const { return audit_.jobs(); }
  [[nodiscard]] std::set<job_id> const& purged_jobs() const { return purged_; }
  // Of the node that runs now; gone after the next crash.
  [[nodiscard]] engine& core();
  [[nodiscard]] random_stream& workload() { return workload_; }

 private:
  struct node;
  void boot();
  bool crashes_at(commit_point point);
  void crash();
  void check_ledger();
  void check_archive();
  void note_purge(stored_event const& event);
  // To the next instant at which something happens. False: there is none.
  bool step();
  void committed(std::vector<stored_event> events);
  void settle();
  void violation(std::string what) { violations_.push_back(std::move(what)); }

  std::uint64_t seed_;
  world_faults faults_;
  std::map<job_status, microseconds> keep_;
  random_stream workload_;
  random_stream latency_;
  random_stream chance_;
  agenda outside_;  // survives crashes
  agenda inside_;   // does not
  virtual_clock clock_;
  memory_event_store store_;
  std::shared_ptr<simulated_archive> archive_ = std::make_shared<simulated_archive>();
  std::vector<std::string> segments_;  // that the log names
  std::set<job_id> purged_;
  log_audit audit_;
  seq audited_link_{};
  std::unique_ptr<node> node_;
  bool crashed_ = false;
  std::size_t crashes_ = 0;
  std::set<job_id> acknowledged_;
  std::string trace_;
  std::vector<std::string> violations_;
};

}  // namespace retrylab
