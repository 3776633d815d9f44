#pragma once
// All job actors: made when a command for their job arrives, evicted when idle and not used lately.
// Hands out the ids of new jobs. Io thread only.

#include "actors/job_actor.hpp"
#include "actors/runtime/read_pool.hpp"

#include <list>
#include <unordered_map>

namespace retrylab {

class job_actors {
 public:
  // `last_job`: the highest id in the log.
  job_actors(boost::asio::any_io_executor io, actor_ports ports, read_pool& reads, job_id last_job);
  job_actors(job_actors const&) = delete;
  job_actors& operator=(job_actors const&) = delete;

  // `answer` is called on the io thread, perhaps inside this call.
  void create(job_spec spec, std::optional<key_claim> claim, callback<ask_answer> answer);
  void ask(job_id job, job_command command, callback<ask_answer> answer);

  [[nodiscard]] std::size_t cached() const { return actors_.size(); }

 private:
  struct id_hash {
    std::size_t operator()(job_id id) const noexcept {
      return std::hash<std::uint64_t>{}(id.value);
    }
  };
  struct entry {
    std::shared_ptr<job_actor> actor;
    std::list<job_id>::iterator used;
  };
  job_actor& make(job_id job);
  job_actor& find_or_make(job_id job);
  void load(job_id job);
  void evict();

  boost::asio::any_io_executor io_;
  actor_ports ports_;
  read_pool& reads_;
  job_id last_job_;
  std::unordered_map<job_id, entry, id_hash> actors_;  // never iterated
  std::list<job_id> by_use_;                           // most recent first
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace retrylab
