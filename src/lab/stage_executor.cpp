#include "lab/stage_executor.hpp"

#include <boost/asio/post.hpp>

namespace retrylab {

void stage_executor::attach(deadlines& timers) {
  timers_ = &timers;
  end_ = timers.on([this](std::uint64_t fence, std::uint64_t) { finish(fence); });
}

void stage_executor::start(attempt_work work, callback<attempt_outcome> done) {
  job_group const& group = ports_.plan.jobs[ports_.record.job(work.job).group];
  timestamp const now = ports_.time.now();
  speed const& pace = std::get<simulator_workers>(ports_.plan.workers).pace;
  modelled_attempt m = ports_.model.plan(work, group, pace, now - ports_.begin);
  std::uint64_t const fence = work.fence.value;
  running_.emplace(fence, attempt{std::move(m.end), std::move(done)});
  if (m.hangs) return;  // the job's timeout ends it
  if (m.takes > microseconds{0}) return timers_->add(now + m.takes, end_, fence);
  boost::asio::post(ports_.io, [this, fence] { finish(fence); });
}

void stage_executor::cancel(seq fence) {
  boost::asio::post(ports_.io, [this, fence = fence.value] {
    if (auto const found = running_.find(fence); found != running_.end())
      found->second.end = attempt_stopped{};
    finish(fence);
  });
}

void stage_executor::finish(std::uint64_t fence) {
  auto const found = running_.find(fence);
  if (found == running_.end()) return;
  attempt ended = std::move(found->second);
  running_.erase(found);
  std::move(ended.done)(std::move(ended.end));
}

}  // namespace retrylab
