#pragma once
// The commit log of the simulated world: commits take virtual time, groups gather meanwhile, and at
// three points of each commit the world may crash.

#include "actors/runtime/commit_log.hpp"
#include "lab/agenda.hpp"
#include "lab/random.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace retrylab {

// Where a crash can hit a commit.
enum class commit_point : unsigned char { before_write, after_sync, before_ack };

class simulated_log final : public commit_log {
 public:
  struct world_ports {
    agenda& plans;
    random_stream& latency;
    std::function<timestamp()> now;
    // True: the process died here, and this object is gone.
    std::function<bool(commit_point)> crashes_at;
    // True: this commit finds the disk full.
    std::function<bool()> disk_is_full;
  };

  simulated_log(boost::asio::any_io_executor io, event_store& store,
                group_committer::committed_handler committed, world_ports world);
  void append(append_batch batch, callback<append_reply> answer) override;

 private:
  void plan_commit();
  void commit();

  boost::asio::any_io_executor io_;
  group_committer committer_;
  world_ports world_;
  std::vector<append_batch> batches_;
  std::vector<callback<append_reply>> answers_;
  bool committing_ = false;
};

}  // namespace retrylab
