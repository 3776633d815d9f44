#pragma once
// The commit log of a stage. A commit takes no virtual time: what is appended in one turn of the
// io_context is one group, and its answers come in the next.

#include "actors/runtime/commit_log.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace retrylab {

class stage_log final : public commit_log {
 public:
  stage_log(boost::asio::any_io_executor io, event_store& store,
            group_committer::committed_handler committed);
  void append(append_batch batch, callback<append_reply> answer) override;

 private:
  void commit();

  boost::asio::any_io_executor io_;
  group_committer committer_;
  std::vector<append_batch> batches_;
  std::vector<callback<append_reply>> answers_;
};

}  // namespace retrylab
