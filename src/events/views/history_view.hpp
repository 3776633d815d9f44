#pragma once
// The history, folded from the log beside the job view and saved with it.
//
// Readers get shared immutable slots: an application makes new ones for the few that it changes,
// and the mutex is held only while pointers are exchanged or copied. One writer; any thread reads.
//
// Late events are welcome: an event goes into the slots of its own time, as long as they are kept.

#include "events/views/history_delta.hpp"

#include <map>
#include <mutex>

namespace retrylab {

class history_view final : public history_reader {
 public:
  // What one application changes at rest.
  struct changes {
    struct slot {
      resolution of;
      std::shared_ptr<history_slot const> now;
    };
    std::vector<slot> slots;
    std::vector<history_slot> added;  // the same as the seconds of the delta
    // Slots that start before this are gone.
    std::array<timestamp, resolutions> kept_from{};
    bool expired = false;
  };
  changes apply(history_delta delta);
  // As it was saved. Before the first application.
  void restore(resolution r, history_slot slot);

  [[nodiscard]] slots between(resolution r, timestamp from, timestamp until) const override;
  [[nodiscard]] std::shared_ptr<history_slot const> ever() const override;

 private:
  struct tier {
    std::map<timestamp, std::shared_ptr<history_slot const>> slots;
    std::size_t bytes = 0;
    timestamp kept_from{};
  };
  tier& at(resolution r) { return tiers_[static_cast<std::size_t>(r)]; }
  [[nodiscard]] tier const& at(resolution r) const { return tiers_[static_cast<std::size_t>(r)]; }
  static void put(tier& t, std::shared_ptr<history_slot const> slot);
  static bool expire(tier& t, resolution r);

  mutable std::mutex mutex_;  // over tiers_; the writer reads them without it
  std::array<tier, resolutions> tiers_;
};

}  // namespace retrylab
