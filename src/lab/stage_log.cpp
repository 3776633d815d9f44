#include "lab/stage_log.hpp"

#include "events/core/assert.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace retrylab {

stage_log::stage_log(boost::asio::any_io_executor io, event_store& store,
                     group_committer::committed_handler committed)
    : io_(std::move(io)), committer_(store, std::move(committed), [](std::string const& why) {
        assertion_failed(why, __FILE__, __LINE__);
      }) {}

void stage_log::append(append_batch batch, callback<append_reply> answer) {
  bool const first = batches_.empty();
  batches_.push_back(std::move(batch));
  answers_.push_back(std::move(answer));
  if (first) boost::asio::post(io_, [this] { commit(); });
}

void stage_log::commit() {
  auto answers = std::exchange(answers_, {});
  auto const replies = committer_.commit(std::exchange(batches_, {}));
  for (std::size_t i = 0; i < answers.size(); ++i) std::move(answers[i])(replies[i]);
}

}  // namespace retrylab
