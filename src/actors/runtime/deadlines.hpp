#pragma once
// One heap holds every deadline of the process, and one alarm drives it. An entry cannot be taken
// back: whoever is told looks whether it still matters, which costs less than finding it. Io thread
// only.

#include "actors/runtime/clock.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <vector>

namespace retrylab {

enum class deadline_kind : unsigned char {
  job_due,
  attempt_lease,
  simulated_end,
  retry_step,
  purge
};

class deadlines {
 public:
  using handler = std::function<void(std::uint64_t key, std::uint64_t extra)>;

  explicit deadlines(clock& time) : clock_(time) {}
  deadlines(deadlines const&) = delete;
  deadlines& operator=(deadlines const&) = delete;

  void on(deadline_kind kind, handler handle) {
    handlers_[static_cast<std::size_t>(kind)] = std::move(handle);
  }
  // Entries of the same instant are told in the order in which they were added. A past instant is
  // told soon.
  void add(timestamp due, deadline_kind kind, std::uint64_t key, std::uint64_t extra = 0);
  [[nodiscard]] std::size_t size() const { return heap_.size(); }

 private:
  struct entry {
    timestamp due;
    std::uint64_t order;
    std::uint64_t key;
    std::uint64_t extra;
    deadline_kind kind;
    bool operator>(entry const& other) const {
      return due != other.due ? due > other.due : order > other.order;
    }
  };
  void arm();
  void ring();

  clock& clock_;
  std::array<handler, 5> handlers_;
  std::priority_queue<entry, std::vector<entry>, std::greater<>> heap_;
  std::uint64_t added_ = 0;
  std::optional<timestamp> armed_;
};

}  // namespace retrylab
