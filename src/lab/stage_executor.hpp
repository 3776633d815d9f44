#pragma once
// Runs attempts of a scenario in the server's own process: each ends when and as the model says.

#include "actors/runtime/deadlines.hpp"
#include "lab/attempt_model.hpp"
#include "lab/run_record.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <unordered_map>

namespace retrylab {

class stage_executor final : public executor {
 public:
  struct ports {
    boost::asio::any_io_executor io;
    clock& time;
    timestamp begin;
    scenario const& plan;
    run_record const& record;
    attempt_model const& model;
  };
  explicit stage_executor(ports p) : ports_(std::move(p)) {}

  // The engine's heap of deadlines, which is made after its executor. Before any attempt.
  void attach(deadlines& timers);

  void start(attempt_work work, callback<attempt_outcome> done) override;
  void cancel(seq fence) override;
  void forget(seq fence) override { running_.erase(fence.value); }

 private:
  struct attempt {
    attempt_outcome end;
    callback<attempt_outcome> done;
  };
  void finish(std::uint64_t fence);

  ports ports_;
  deadlines* timers_ = nullptr;
  deadline_kind end_{};
  std::unordered_map<std::uint64_t, attempt> running_;  // by fence; never iterated
};

}  // namespace retrylab
