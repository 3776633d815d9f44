#pragma once
// Moves the time of a server whose clock is manual, from one deadline to the next: at each, what is
// due happens and is committed before time goes on. Io thread only.

#include "actors/engine.hpp"
#include "edge/manual_clock.hpp"
#include "edge/work_under_way.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace retrylab {

struct advance_wish {
  std::optional<timestamp> to{};  // none: until idle
  // Real time that attempts outside of this process (workers, webhooks, commands) may take in all;
  // then time goes on without them.
  milliseconds patience{};
};

enum class advance_error : unsigned char { busy, unreadable, unrecorded };

struct advance_report {
  timestamp from{};
  timestamp to{};
  std::size_t steps = 0;       // deadlines at which time stopped
  bool arrived = false;        // else limits::clock_steps were made
  std::size_t unfinished = 0;  // attempts outside that still run
  seq first{};                 // events above this one, up to `last`, came of it
  seq last{};
  std::vector<job_id> jobs{};  // that have any of these events, at most limits::moved_jobs
  bool more = false;           // jobs than these
};
using advance_answer = result<advance_report, advance_error>;

class clock_control {
 public:
  // `stopwatch`: real time from any beginning.
  clock_control(manual_clock& time, work_under_way& work, engine& core,
                std::function<microseconds()> stopwatch)
      : time_(time), work_(work), core_(core), stopwatch_(std::move(stopwatch)) {}
  clock_control(clock_control const&) = delete;
  clock_control& operator=(clock_control const&) = delete;

  boost::asio::awaitable<advance_answer> advance(advance_wish wish);
  // A worker without a connection of its own asked for a job, or told how one went: for
  // limits::poll_gap of real time it is waited for, as are those that are connected.
  void called(std::string const& worker);
  [[nodiscard]] std::optional<timestamp> next() const { return time_.next_alarm(); }

 private:
  boost::asio::awaitable<advance_answer> move(advance_wish wish);
  boost::asio::awaitable<void> settle(milliseconds& patience);
  void forget_absent();
  boost::asio::awaitable<std::optional<bool>> anything_moves();
  boost::asio::awaitable<bool> record(timestamp to);
  boost::asio::awaitable<bool> find_moved(advance_report& report);

  manual_clock& time_;
  work_under_way& work_;
  engine& core_;
  std::function<microseconds()> stopwatch_;
  bool moving_ = false;
  std::map<std::string, microseconds> called_;  // workers, and when by the stopwatch
};

}  // namespace retrylab
