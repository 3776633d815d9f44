#pragma once
// The commit log of the real server: one thread owns the store. While one group syncs, the next one
// gathers; all answers of a group go back to the io thread in one post.

#include "actors/runtime/batch_thread.hpp"
#include "actors/runtime/commit_log.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace retrylab {

class log_writer final : public commit_log {
 public:
  // The store must not be used by anybody else from here on.
  log_writer(boost::asio::any_io_executor io, event_store& store,
             group_committer::committed_handler committed,
             group_committer::poison_handler poisoned);
  void append(append_batch batch, callback<append_reply> answer) override;
  // Commits what waits. Answers are still posted to the io thread.
  void stop() { thread_.stop(); }

 private:
  struct pending {
    append_batch batch;
    callback<append_reply> answer;
  };
  void handle(std::vector<pending> waiting);

  boost::asio::any_io_executor io_;
  group_committer committer_;
  batch_thread<pending> thread_;
};

}  // namespace retrylab
