#include "lab/simulated_log.hpp"

#include "events/core/assert.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace retrylab {

simulated_log::simulated_log(boost::asio::any_io_executor io, event_store& store,
                             group_committer::committed_handler committed, world_ports world)
    : io_(std::move(io)),
      committer_(store, std::move(committed),
                 [](std::string const& why) { assertion_failed(why, __FILE__, __LINE__); }),
      world_(std::move(world)) {}

void simulated_log::append(append_batch batch, callback<append_reply> answer) {
  batches_.push_back(std::move(batch));
  answers_.push_back(std::move(answer));
  plan_commit();
}

void simulated_log::plan_commit() {
  if (batches_.empty() || std::exchange(committing_, true)) return;
  microseconds const takes{world_.latency.between(50, 3000)};
  world_.plans.at(world_.now() + takes, [this] { commit(); });
}

void simulated_log::commit() {
  if (world_.crashes_at(commit_point::before_write)) return;
  auto answers = std::exchange(answers_, {});
  auto batches = std::exchange(batches_, {});
  auto replies = world_.disk_is_full()
                     ? std::vector<append_reply>(batches.size(), log_refusal::disk_full)
                     : committer_.commit(std::move(batches));
  if (world_.crashes_at(commit_point::after_sync)) return;
  boost::asio::post(io_, [answers = std::move(answers), replies = std::move(replies)]() mutable {
    for (std::size_t i = 0; i < answers.size(); ++i) std::move(answers[i])(replies[i]);
  });
  if (world_.crashes_at(commit_point::before_ack)) return;
  committing_ = false;
  plan_commit();
}

}  // namespace retrylab
