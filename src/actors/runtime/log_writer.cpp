#include "actors/runtime/log_writer.hpp"

#include "events/core/limits.hpp"

#include <boost/asio/post.hpp>

namespace retrylab {

log_writer::log_writer(boost::asio::any_io_executor io, event_store& store,
                       group_committer::committed_handler committed,
                       group_committer::poison_handler poisoned)
    : io_(std::move(io)),
      committer_(store, std::move(committed), std::move(poisoned)),
      thread_(limits::log_inbox,
              [this](std::vector<pending> waiting) { handle(std::move(waiting)); }) {}

void log_writer::append(append_batch batch, callback<append_reply> answer) {
  pending p{std::move(batch), std::move(answer)};
  if (thread_.push(p)) return;
  boost::asio::post(
      io_, [answer = std::move(p.answer)]() mutable { std::move(answer)(log_refusal::busy); });
}

void log_writer::handle(std::vector<pending> waiting) {
  std::vector<append_batch> group;
  group.reserve(waiting.size());
  for (pending& p : waiting) group.push_back(std::move(p.batch));
  auto replies = committer_.commit(std::move(group));
  boost::asio::post(io_, [waiting = std::move(waiting), replies = std::move(replies)]() mutable {
    for (std::size_t i = 0; i < waiting.size(); ++i) std::move(waiting[i].answer)(replies[i]);
  });
}

}  // namespace retrylab
