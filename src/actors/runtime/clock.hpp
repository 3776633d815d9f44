#pragma once
// The port of time. `now` never decreases, also over a restart. One alarm: the deadline heap is its
// only user.

#include "events/core/time.hpp"

#include <functional>

namespace retrylab {

class clock {
 public:
  virtual ~clock() = default;
  [[nodiscard]] virtual timestamp now() = 0;
  // Calls `ring` once on the io thread when now() has reached `due`, never inside this call.
  // Replaces the alarm before.
  virtual void set_alarm(timestamp due, std::function<void()> ring) = 0;
};

}  // namespace retrylab
