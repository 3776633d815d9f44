#pragma once
// From callbacks to coroutines: co_await suspend_with<T>(start) hands `start` a completion<T> and
// resumes with what is delivered to it. Everything that takes a callback<T> takes a completion<T>
// through `as_callback`.

#include "actors/runtime/callback.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace retrylab {

// One answer owed to one suspended coroutine. Deliver it from any thread, exactly once; the
// coroutine resumes by post, never inside deliver().
template <class T>
class completion {
 public:
  template <class Handler>
  explicit completion(Handler handler)
      : executor_(boost::asio::get_associated_executor(handler)), handler_(std::move(handler)) {}

  void deliver(T value) {
    boost::asio::post(executor_,
                      [handler = std::move(handler_), value = std::move(value)]() mutable {
                        std::move(handler)(std::move(value));
                      });
  }
  [[nodiscard]] callback<T> as_callback() && {
    return [self = std::move(*this)](T value) mutable { self.deliver(std::move(value)); };
  }

 private:
  boost::asio::any_io_executor
      executor_;  // taken before erasure: the erased handler no longer tells
  boost::asio::any_completion_handler<void(T)> handler_;
};

template <class T, class Start>
boost::asio::awaitable<T> suspend_with(Start start) {
  auto initiate = [start = std::move(start)](auto handler) mutable {
    start(completion<T>{std::move(handler)});
  };
  co_return co_await boost::asio::async_initiate<decltype(boost::asio::use_awaitable), void(T)>(
      std::move(initiate), boost::asio::use_awaitable);
}

}  // namespace retrylab
