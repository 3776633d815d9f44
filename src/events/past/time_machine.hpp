#pragma once
// Finds the system as it was after any event. It goes on from the nearest state that it knows: the
// one it found last, a few kept near it, or a snapshot on disk; what it passes on the way it
// remembers in the same places. One call folds a bounded number of events, so that a first look
// deep into a long log takes several calls.
//
// Any thread; calls wait for each other, so never on the io thread.

#include "events/core/limits.hpp"
#include "events/event_store.hpp"
#include "events/past/past_snapshot.hpp"

#include <deque>
#include <memory>
#include <mutex>

namespace retrylab {

struct past_failure {
  enum class kind : unsigned char {
    not_yet,  // the log does not reach so far
    reading,  // ask again: it has come to `reached`
    broken,   // the log cannot be read
  };
  kind what = kind::broken;
  seq reached{};
  std::string message{};
};

struct time_machine_bounds {
  std::size_t events = limits::past_events;        // folded in one call
  std::uint64_t step = limits::past_step;          // events between states that are kept
  std::uint64_t snapshot = limits::past_snapshot;  // events between snapshots on disk
};

class time_machine {
 public:
  // `log`: everything that was ever committed. `snapshots`: where they are kept; empty: nowhere.
  time_machine(std::shared_ptr<event_reader> log, std::filesystem::path snapshots,
               time_machine_bounds bounds = {})
      : log_(std::move(log)), snapshots_(std::move(snapshots)), bounds_(bounds) {}

  // The newest event at or before `at`; 0 when there is none.
  [[nodiscard]] result<seq, past_failure> find(timestamp at);

  // `use` sees the state after the newest event at or before `target`, while nobody else does.
  template <class Use>
  [[nodiscard]] std::optional<past_failure> visit(seq target, Use use) {
    std::lock_guard const lock{mutex_};
    if (auto failure = go_to(target)) return failure;
    use(std::as_const(*now_));
    return std::nullopt;
  }

 private:
  using shared = std::shared_ptr<past_system const>;
  [[nodiscard]] std::optional<past_failure> go_to(seq target);
  [[nodiscard]] std::shared_ptr<past_system> nearest(seq target);
  [[nodiscard]] std::shared_ptr<past_system> from_snapshot(seq target, seq better_than);
  [[nodiscard]] std::optional<std::string> read_system_events(past_system& into);
  [[nodiscard]] std::string chain_at(seq at);
  void pass(seq before, seq target);
  void keep(shared state);

  std::mutex mutex_;
  std::shared_ptr<event_reader> log_;
  past_snapshots snapshots_;
  time_machine_bounds bounds_;
  std::shared_ptr<past_system> now_ = std::make_shared<past_system>();
  std::deque<shared> kept_;  // newest first
};

}  // namespace retrylab
