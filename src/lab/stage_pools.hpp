#pragma once
// The worker processes of a scenario: they fetch jobs over the engine's leases as real ones do, run
// each as the model says, report, and die. A dead one reports nothing: the engine finds out by the
// lease.

#include "actors/engine.hpp"
#include "lab/attempt_model.hpp"
#include "lab/random.hpp"
#include "lab/run_record.hpp"

#include <unordered_map>

namespace retrylab {

class stage_pools {
 public:
  struct ports {
    engine& core;
    clock& time;
    timestamp begin;
    scenario const& plan;
    run_record const& record;
    attempt_model const& model;
  };
  stage_pools(ports p, std::vector<worker_pool> const& pools, std::uint64_t seed);

  // All of them connect and ask for jobs.
  void start();

 private:
  struct process {
    std::size_t pool;
    std::size_t number;      // in the pool, from 1
    std::uint64_t life = 0;  // 1, and one more after each death
    bool alive = false;
    std::string name{};
    std::vector<fetch_id> fetches{};  // one a slot; 0: none waits
  };
  struct attempt {
    std::size_t process;
    std::uint64_t life;
    std::size_t slot;
    job_id job;
    std::optional<attempt_outcome> end;  // none: it hung
  };
  void connect(std::size_t index);
  void fetch(std::size_t index, std::size_t slot);
  void run(std::size_t index, std::size_t slot, job_state const& job);
  void finish(std::uint64_t fence);
  void die_one(std::size_t pool, bool again);
  void die(std::size_t index);
  void plan_death(std::size_t pool);

  ports ports_;
  std::vector<worker_pool> const& pools_;
  std::vector<random_stream> chance_;  // by pool
  std::vector<process> processes_;
  std::unordered_map<std::uint64_t, attempt> running_;  // by fence; never iterated
  deadline_kind end_;
  deadline_kind death_;
  deadline_kind back_;
};

}  // namespace retrylab
