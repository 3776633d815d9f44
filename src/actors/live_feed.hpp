#pragma once
// What happened lately, once for everybody: a ring of the view's newest steps. A subscriber is a
// cursor into it and a bell; whoever falls behind the ring reads the store instead, so a slow one
// costs nothing. Io thread only.

#include "actors/projector.hpp"
#include "actors/runtime/callback.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace retrylab {

class live_feed {
 public:
  using bell = std::function<void()>;
  using step = std::shared_ptr<projected const>;

  explicit live_feed(seq start) : newest_(start), oldest_(start) {}
  live_feed(live_feed const&) = delete;
  live_feed& operator=(live_feed const&) = delete;

  void publish(step s);
  [[nodiscard]] seq newest() const { return newest_; }
  // Whether since(after) can answer: `after` is a boundary of steps that are still held.
  [[nodiscard]] bool holds(seq after) const { return after >= oldest_ && after <= newest_; }
  // The steps after `after`, in order.
  [[nodiscard]] std::vector<step> since(seq after) const;

  // The bell is rung after each publish, until it is taken off.
  [[nodiscard]] std::uint64_t hang(bell ring);
  void take_off(std::uint64_t id) { bells_.erase(id); }

  // Called once the view has reached `wanted`, perhaps now.
  void when_reached(seq wanted, callback<bool> done);

 private:
  std::deque<step> ring_;
  std::size_t bytes_ = 0;
  seq newest_;
  seq oldest_;  // the `from` of the oldest step held
  std::map<std::uint64_t, bell> bells_;
  std::uint64_t next_bell_ = 0;
  std::multimap<seq, callback<bool>> waiting_;
};

}  // namespace retrylab
