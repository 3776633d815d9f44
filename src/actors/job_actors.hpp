#pragma once
// All job actors: made when their job is created or a command for it arrives, evicted when idle and
// not used lately.
// Hands out the ids of new jobs. Io thread only.

#include "actors/job_actor.hpp"
#include "actors/runtime/read_pool.hpp"
#include "actors/unique_keys.hpp"

#include <list>
#include <unordered_map>

namespace retrylab {

// A job that was read and encoded before its turn on the io thread came.
struct prepared_job {
  immutable<job_spec> spec;
  std::string data;  // of its Created event
};
[[nodiscard]] prepared_job prepare(job_spec spec);  // any thread

// The ids of jobs that were created together.
struct job_range {
  job_id first;
  job_id last;
};
using create_all_answer = result<job_range, ask_error>;

class job_actors {
 public:
  // `last_job`: the highest id in the log.
  job_actors(boost::asio::any_io_executor io, actor_ports ports, read_pool& reads, job_id last_job);
  job_actors(job_actors const&) = delete;
  job_actors& operator=(job_actors const&) = delete;

  // `answer` is called on the io thread, perhaps inside this call.
  void create(job_spec spec, std::optional<key_claim> claim, callback<ask_answer> answer);
  // All or nothing, in one batch. Not empty. A claim is for the first job.
  void create_all(std::vector<prepared_job> jobs, std::optional<key_claim> claim,
                  callback<create_all_answer> answer);
  void ask(job_id job, job_command command, callback<ask_answer> answer);

  [[nodiscard]] unique_keys& keys() { return keys_; }
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
  void begin(job_spec spec, std::optional<key_claim> claim, callback<ask_answer> answer);
  [[nodiscard]] std::optional<ask_error> claim_keys(std::span<job_spec const* const> specs);
  void give_back_keys(std::span<job_spec const* const> specs);
  [[nodiscard]] job_draft draft_creation(prepared_job job, decide_context const& context,
                                         std::vector<stored_event>& rows);
  void refused_all(std::vector<job_draft> drafts);
  void created_all(std::vector<job_draft> drafts, seq first);
  [[nodiscard]] bool will_be_asked_soon(job_state const& created) const;
  void load(job_id job);
  void load_wanted();
  void evict();

  boost::asio::any_io_executor io_;
  actor_ports ports_;
  read_pool& reads_;
  job_id last_job_;
  unique_keys keys_;
  std::unordered_map<job_id, entry, id_hash> actors_;  // never iterated
  std::list<job_id> by_use_;                           // most recent first
  std::vector<job_id> wanted_;  // to be loaded together, at the end of this turn of the io thread
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace retrylab
