#pragma once
// What happened in a run over its time, in at most limits::lab_series_points slots of equal width.
// When the time has outgrown them, every two become one.

#include "events/core/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace retrylab {

struct series_slot {
  std::uint64_t created = 0;
  std::uint64_t attempts = 0;  // begun
  std::uint64_t ended = 0;
  std::uint64_t succeeded = 0;
};

class run_series {
 public:
  // Times from the beginning of the run, never before the one before.
  void created(microseconds at) { ++slot(at).created; }
  void attempted(microseconds at) { ++slot(at).attempts; }
  void ended(microseconds at, bool success);
  // So long did the run last, with nothing more to add.
  void reach(microseconds end);

  [[nodiscard]] microseconds width() const { return width_; }
  // From the beginning without gaps, up to the newest in which something happened.
  [[nodiscard]] std::vector<series_slot> const& slots() const { return slots_; }

 private:
  series_slot& slot(microseconds at);
  void halve();

  microseconds width_{125'000};
  std::vector<series_slot> slots_;
};

// One object: rates a second, and at the end of each slot the unfinished jobs and the share of
// those created that had succeeded.
void append(std::string& out, run_series const& series);

}  // namespace retrylab
