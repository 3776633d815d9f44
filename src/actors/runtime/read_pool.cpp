#include "actors/runtime/read_pool.hpp"

#include "events/core/limits.hpp"

namespace retrylab {

thread_read_pool::thread_read_pool(std::size_t threads, std::function<readers()> open) {
  for (std::size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this, mine = open()]() mutable { run(std::move(mine)); });
  }
}

bool thread_read_pool::submit(task work) {
  {
    std::lock_guard const lock{mutex_};
    if (stopping_ || waiting_.size() >= limits::read_queue) return false;
    waiting_.push_back(std::move(work));
  }
  wake_.notify_one();
  return true;
}

void thread_read_pool::stop() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& t : threads_) {
    if (t.joinable()) t.join();
  }
}

void thread_read_pool::run(readers mine) {
  for (;;) {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    task work = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    std::move(work)(&mine);
  }
}

bool posted_read_pool::submit(task work) {
  boost::asio::post(io_, [work = std::move(work), all = all_]() mutable { std::move(work)(&all); });
  return true;
}

}  // namespace retrylab
