#pragma once
// The port through which events leave the log: a segment is on disk before the log forgets what is
// in it. Segments are numbered 1, 2, 3 … by the Purged events that name them.

#include "events/core/result.hpp"
#include "events/store_failure.hpp"
#include "events/stored_event.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace retrylab {

struct archived_segment {
  std::string name;    // of the file; empty: nothing was written, the events will be gone
  std::string sha256;  // of the file, in hexadecimal
};

class event_archive {
 public:
  virtual ~event_archive() = default;
  // Writes the events, in order of seq, as the segment with this number. It is on disk when this
  // returns, and replaces one that was written before and never named by a Purged event. Blocks:
  // never on the io thread. One call at a time.
  [[nodiscard]] virtual result<archived_segment, store_failure> write(
      std::uint64_t number, std::span<stored_event const> events) = 0;
};

// Keeps nothing: for a log in memory.
class no_archive final : public event_archive {
 public:
  result<archived_segment, store_failure> write(std::uint64_t,
                                                std::span<stored_event const>) override {
    return archived_segment{};
  }
};

}  // namespace retrylab
