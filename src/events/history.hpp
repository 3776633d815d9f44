#pragma once
// What happened when: the log's events counted by slots of time, with the latencies of jobs. Time
// is the events' own. Slots in which nothing happened do not exist.
//
// Seconds are kept for an hour, minutes for a day, hours for a month (limits.hpp), counted back
// from the newest event; besides, one slot holds all there ever was.

#include "events/sparse_histogram.hpp"

#include <array>
#include <memory>

namespace retrylab {

enum class resolution : unsigned char { second, minute, hour, ever };

inline constexpr std::array<std::string_view, 4> resolution_names{"second", "minute", "hour",
                                                                  "ever"};
inline constexpr std::size_t resolutions = resolution_names.size();

// The length of a slot; 0: there is only one.
[[nodiscard]] constexpr std::chrono::seconds width(resolution r) {
  constexpr std::array<std::chrono::seconds, resolutions> widths{
      std::chrono::seconds{1}, std::chrono::seconds{60}, std::chrono::seconds{3600},
      std::chrono::seconds{0}};
  return widths[static_cast<std::size_t>(r)];
}

// The start of the slot that `at` lies in.
[[nodiscard]] timestamp slot_start(resolution r, timestamp at);

// The kinds of events that are counted apart. The order is that of the columns in the view's file.
enum class history_event : unsigned char {
  created,
  attempted,
  succeeded,
  failed,   // an attempt
  retried,  // an attempt failed and the job waits for its next one
  dead_lettered,
  cancelled,
  other,  // of a job or of the system
};

inline constexpr std::array<std::string_view, 8> history_event_names{
    "created", "attempted",     "succeeded", "failed",
    "retried", "dead_lettered", "cancelled", "other"};

enum class latency : unsigned char {
  wait,   // from when a job could start to its Attempted
  run,    // from Attempted to Succeeded or Failed
  total,  // from the beginning of the job's generation to Succeeded, DeadLettered or Cancelled
};

inline constexpr std::array<std::string_view, 3> latency_names{"wait", "run", "total"};

struct history_slot {
  timestamp start{};
  std::array<std::uint64_t, history_event_names.size()> counts{};
  std::array<sparse_histogram, latency_names.size()> latencies{};

  [[nodiscard]] std::uint64_t count(history_event e) const {
    return counts[static_cast<std::size_t>(e)];
  }
  [[nodiscard]] sparse_histogram const& of(latency l) const {
    return latencies[static_cast<std::size_t>(l)];
  }
  // Adds counts and latencies; the start stays.
  void merge(history_slot const& other);
  [[nodiscard]] std::size_t bytes() const;
  bool operator==(history_slot const&) const = default;
};

// Any thread; what it gives is immutable.
class history_reader {
 public:
  using slots = std::vector<std::shared_ptr<history_slot const>>;
  virtual ~history_reader() = default;
  // Those with from <= start < until that are kept, oldest first.
  [[nodiscard]] virtual slots between(resolution r, timestamp from, timestamp until) const = 0;
  // Everything there ever was.
  [[nodiscard]] virtual std::shared_ptr<history_slot const> ever() const = 0;
};

// All of them in one.
[[nodiscard]] history_slot sum(history_reader::slots const& slots);

}  // namespace retrylab
