#pragma once
// A bounded queue between the coroutines of one thread: any number push, one pops. A full queue
// says so at once; what was pushed before close() is still popped after it.

#include "actors/runtime/completion.hpp"

#include <deque>
#include <optional>

namespace retrylab {

template <class T>
class bounded_queue {
 public:
  explicit bounded_queue(std::size_t capacity) : capacity_(capacity) {}
  bounded_queue(bounded_queue const&) = delete;
  bounded_queue& operator=(bounded_queue const&) = delete;

  // False: full or closed; the item was not taken.
  [[nodiscard]] bool try_push(T item) {
    if (closed_ || items_.size() >= capacity_) return false;
    items_.push_back(std::move(item));
    wake();
    return true;
  }

  void close() {
    closed_ = true;
    wake();
  }

  // Nothing: closed and drained. The queue outlives the pop.
  [[nodiscard]] boost::asio::awaitable<std::optional<T>> pop() {
    auto wait = [this](completion<bool> waiting) { waiting_.emplace(std::move(waiting)); };
    while (items_.empty() && !closed_) co_await suspend_with<bool>(wait);
    if (items_.empty()) co_return std::nullopt;
    std::optional<T> item{std::move(items_.front())};
    items_.pop_front();
    co_return item;
  }

  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  void wake() {
    if (!waiting_) return;
    completion<bool> waiting = std::move(*waiting_);
    waiting_.reset();
    waiting.deliver(true);
  }

  std::deque<T> items_;
  std::size_t capacity_;
  bool closed_ = false;
  std::optional<completion<bool>> waiting_;
};

}  // namespace retrylab
