#pragma once
// Runs attempts in virtual or real time without running anything: each ends after its duration as
// its payload says. A simulated hang ("timeout") is left to the job's own timeout_ms, or reported
// after the duration when it has none.

#include "actors/executor.hpp"
#include "actors/executors/simulation_plan.hpp"
#include "actors/runtime/deadlines.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <unordered_map>

namespace retrylab {

// What a simulated attempt reports when it ends as planned.
[[nodiscard]] attempt_outcome outcome_of(simulated_attempt will, attempt_number number);

class simulated_executor final : public executor {
 public:
  simulated_executor(boost::asio::any_io_executor io, clock& time, deadlines& timers,
                     std::uint64_t seed);
  void start(attempt_work work, callback<attempt_outcome> done) override;
  std::optional<attempt_outcome> foretell(attempt_work const& work) const override;
  void cancel(seq fence) override;
  void forget(seq fence) override { running_.erase(fence.value); }

  [[nodiscard]] std::size_t running() const { return running_.size(); }

 private:
  struct attempt {
    simulated_attempt plan;
    attempt_number number;
    callback<attempt_outcome> done;
  };
  void end(std::uint64_t fence);
  void answer(std::uint64_t fence, attempt_outcome outcome);

  boost::asio::any_io_executor io_;
  clock& clock_;
  deadlines& timers_;
  deadline_kind end_;
  std::uint64_t seed_;
  std::unordered_map<std::uint64_t, attempt> running_;  // by fence; never iterated
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace retrylab
