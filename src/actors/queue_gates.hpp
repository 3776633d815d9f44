#pragma once
// Which queues may start an attempt now: a queue that is paused, or has as many attempts as it may,
// is closed. Whoever starts attempts takes a place first and gives it back when the attempt has
// ended, wherever it ran. Io thread only.

#include "events/core/system_state.hpp"

#include <functional>
#include <limits>
#include <map>
#include <vector>

namespace retrylab {

class queue_gates {
 public:
  struct gate {
    std::size_t busy = 0;  // attempts that run or are about to
    bool paused = false;
    std::size_t limit = std::numeric_limits<std::size_t>::max();
    [[nodiscard]] bool open() const { return !paused && busy < limit; }
  };
  using gates = std::map<std::string, gate, std::less<>>;
  using place = gates::iterator;  // stays good
  using listener = std::function<void(std::string_view queue, bool open)>;

  // Told of each change, of queues that were open before. Lives as long as this does.
  void on_change(listener hears) { listeners_.push_back(std::move(hears)); }

  [[nodiscard]] place at(std::string_view queue);
  void take(place queue);
  void give_back(place queue);
  void configure(std::string_view queue, queue_settings const& settings);

  [[nodiscard]] bool is_open(std::string_view queue) const;
  [[nodiscard]] std::size_t running(std::string_view queue) const;

 private:
  void tell(place queue);

  gates gates_;
  std::vector<listener> listeners_;
};

}  // namespace retrylab
