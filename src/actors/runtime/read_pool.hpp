#pragma once
// Reads that would block the io thread happen here: each thread of the pool has its own read-only
// connections.

#include "actors/runtime/callback.hpp"
#include "actors/runtime/completion.hpp"
#include "events/event_store.hpp"
#include "events/view.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <vector>

namespace retrylab {

struct readers {
  std::shared_ptr<event_reader> log;
  std::shared_ptr<job_reader> jobs;
};

class read_pool {
 public:
  using task = callback<readers*>;
  virtual ~read_pool() = default;
  // Runs the task later, with readers that are its own while it runs. False: the queue is full; the
  // task is dropped.
  [[nodiscard]] virtual bool submit(task work) = 0;
};

// Calls `read` in the pool and `done` on `io`; with nothing when the pool is full.
template <class Read, class T = std::invoke_result_t<Read&, readers&>>
void read_with(read_pool& pool, boost::asio::any_io_executor const& io, Read read,
               std::type_identity_t<callback<std::optional<T>>> done) {
  auto shared = std::make_shared<callback<std::optional<T>>>(std::move(done));
  auto answer = [io, shared](std::optional<T> value) {
    boost::asio::post(io, [shared, value = std::move(value)]() mutable {
      std::move (*shared)(std::move(value));
    });
  };
  bool const taken =
      pool.submit([read = std::move(read), answer](readers* r) mutable { answer(read(*r)); });
  if (!taken) answer(std::nullopt);
}

// The same for coroutines. `read` owns what it uses.
template <class Read, class T = std::invoke_result_t<Read&, readers&>>
boost::asio::awaitable<std::optional<T>> read_in(read_pool& pool, boost::asio::any_io_executor io,
                                                 Read read) {
  auto start = [&pool, io, read = std::move(read)](completion<std::optional<T>> waiting) mutable {
    read_with(pool, io, std::move(read), std::move(waiting).as_callback());
  };
  co_return co_await suspend_with<std::optional<T>>(std::move(start));
}

class thread_read_pool final : public read_pool {
 public:
  thread_read_pool(std::size_t threads, std::function<readers()> open);
  ~thread_read_pool() override { stop(); }
  bool submit(task work) override;
  // Finishes what was submitted.
  void stop();

 private:
  void run(readers mine);
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<task> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

// Runs each task by post on `io`: one thread, one order. For the simulated world.
class posted_read_pool final : public read_pool {
 public:
  posted_read_pool(boost::asio::any_io_executor io, readers all)
      : io_(std::move(io)), all_(std::move(all)) {}
  bool submit(task work) override;

 private:
  boost::asio::any_io_executor io_;
  readers all_;
};

}  // namespace retrylab
