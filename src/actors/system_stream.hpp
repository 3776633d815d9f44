#pragma once
// Stream 0, the system's own events, and its only writer: one append at a time, of all that wait,
// so that a refused one leaves no gap in the versions. Io thread only.

#include "actors/runtime/clock.hpp"
#include "actors/runtime/commit_log.hpp"
#include "events/core/system_state.hpp"
#include "events/event_store.hpp"

#include <deque>
#include <vector>

namespace retrylab {

class system_stream {
 public:
  // `last`: of the log.
  system_stream(clock& time, commit_log& log, stream_version last)
      : clock_(time), log_(log), version_(last) {}
  system_stream(system_stream const&) = delete;
  system_stream& operator=(system_stream const&) = delete;

  // Folds what the log has. False when it cannot be read.
  [[nodiscard]] bool recover(event_reader& log);
  // `answer` is called after the commit; the state has the event then. A `purge` goes with a
  // Purged; a version conflict says that one of its streams has changed.
  void append(system_event event, callback<append_reply> answer,
              std::optional<stream_purge> purge = {});

  [[nodiscard]] system_state const& state() const { return state_; }
  // The newest event appended by this process.
  [[nodiscard]] seq last() const { return last_; }

 private:
  struct waiting {
    system_event event;
    callback<append_reply> answer;
    std::optional<stream_purge> purge;
  };
  [[nodiscard]] bool joins(waiting const& w) const;
  [[nodiscard]] stream_version version_after(std::size_t events) const;
  void next();
  void stored(append_reply reply);

  clock& clock_;
  commit_log& log_;
  stream_version version_;
  seq last_{};
  system_state state_;
  std::deque<waiting> waiting_;
  std::vector<waiting> under_way_;  // to the log
  timestamp at_{};                  // of those
};

}  // namespace retrylab
