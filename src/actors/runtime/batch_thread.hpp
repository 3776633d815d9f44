#pragma once
// A thread that takes everything that waits for it at once: while one batch is worked on, the next
// one gathers. No timer and no window. This is the whole of group commit.
//
// The projector runs on it too, with a pace: before a batch it lets the commits go first that the
// item's own leads to, and after it rests, so that more gathers and work that is done once a batch
// is done less often. hurry() ends both.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace retrylab {

template <class T>
class batch_thread {
 public:
  // `handle` runs on the thread, with 1 to `capacity` items in the order of their pushes.
  batch_thread(std::size_t capacity, std::function<void(std::vector<T>)> handle,
               std::chrono::milliseconds pace = {})
      : capacity_(capacity), handle_(std::move(handle)), pace_(pace), thread_([this] { run(); }) {}
  ~batch_thread() { stop(); }
  batch_thread(batch_thread const&) = delete;
  batch_thread& operator=(batch_thread const&) = delete;

  // From any thread. False: full or stopped; `item` is untouched.
  [[nodiscard]] bool push(T& item) {
    bool first = false;
    {
      std::lock_guard const lock{mutex_};
      if (stopping_ || waiting_.size() >= capacity_) return false;
      first = waiting_.empty();
      waiting_.push_back(std::move(item));
    }
    if (first) wake_.notify_one();
    return true;
  }

  // What waits is wanted now.
  void hurry() {
    {
      std::lock_guard const lock{mutex_};
      hurried_ = true;
    }
    wake_.notify_one();
  }

  // Works off what waits, then ends the thread.
  void stop() {
    {
      std::lock_guard const lock{mutex_};
      stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run() {
    for (;;) {
      std::vector<T> batch;
      {
        std::unique_lock lock{mutex_};
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        if (pace_.count() > 0) wake_.wait_for(lock, lead, [this] { return stopping_ || hurried_; });
        batch.swap(waiting_);
        hurried_ = false;
      }
      handle_(std::move(batch));
      if (pace_.count() == 0) continue;
      std::unique_lock lock{mutex_};
      wake_.wait_for(lock, pace_, [this] { return stopping_ || hurried_; });
    }
  }

  static constexpr std::chrono::milliseconds lead{2};
  std::size_t capacity_;
  std::function<void(std::vector<T>)> handle_;
  std::chrono::milliseconds pace_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<T> waiting_;
  bool stopping_ = false;
  bool hurried_ = false;
  std::thread thread_;
};

}  // namespace retrylab
