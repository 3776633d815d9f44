#pragma once
// What the simulated world itself has planned, by virtual time; at the same instant in the order of
// planning.

#include "events/core/time.hpp"

#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace retrylab {

class agenda {
 public:
  void at(timestamp due, std::function<void()> act) {
    plans_.emplace(std::pair{due, ++planned_}, std::move(act));
  }
  [[nodiscard]] std::optional<timestamp> next() const {
    return plans_.empty() ? std::nullopt : std::optional{plans_.begin()->first.first};
  }
  // Does one plan that is due. False: none is.
  bool do_one(timestamp now) {
    if (plans_.empty() || plans_.begin()->first.first > now) return false;
    auto const act = std::move(plans_.begin()->second);
    plans_.erase(plans_.begin());
    act();
    return true;
  }
  void clear() { plans_.clear(); }

 private:
  std::map<std::pair<timestamp, std::uint64_t>, std::function<void()>> plans_;
  std::uint64_t planned_ = 0;
};

}  // namespace retrylab
