#include "actors/executors/simulated_executor.hpp"

#include "events/core/result.hpp"
#include "events/json_writer.hpp"

#include <boost/asio/post.hpp>

namespace retrylab {
namespace {

raw_json report(attempt_number number) {
  std::string text;
  json_writer w{text};
  w.boolean("simulated", true).number("attempt", number).close();
  return {std::move(text)};
}

bool hangs(simulated_attempt const& will, job_spec const& spec) {
  return will.end == simulated_end::timeout && spec.timeout;
}

}  // namespace

attempt_outcome outcome_of(simulated_attempt will, attempt_number number) {
  job_error error{std::move(will.error_type), std::move(will.message)};
  switch (will.end) {
    case simulated_end::success:
      return attempt_succeeded{report(number)};
    case simulated_end::fail:
      return attempt_failed{failure_cause::error, std::move(error)};
    case simulated_end::timeout:
      return attempt_failed{failure_cause::timeout, std::move(error)};
    case simulated_end::crash:
      return attempt_failed{failure_cause::worker_lost, std::move(error)};
  }
  return attempt_stopped{};
}

simulated_executor::simulated_executor(boost::asio::any_io_executor io, clock& time,
                                       deadlines& timers, std::uint64_t seed)
    : io_(std::move(io)),
      clock_(time),
      timers_(timers),
      end_(timers_.on([this](std::uint64_t fence, std::uint64_t) { end(fence); })),
      seed_(seed) {}

void simulated_executor::start(attempt_work work, callback<attempt_outcome> done) {
  auto const plan = read_simulation_plan(work.spec->payload);
  std::uint64_t const fence = work.fence.value;
  if (!plan) {  // the edge refuses such payloads; one that came another way must not run forever
    attempt_failed bad{
        failure_cause::error,
        {"BadControl", plan.error().front().field + " " + plan.error().front().message},
        false};
    boost::asio::post(io_, [done = std::move(done), bad = std::move(bad)]() mutable {
      std::move(done)(std::move(bad));
    });
    return;
  }
  simulated_attempt const will = simulate(*plan, seed_, work.job, work.generation, work.attempt);
  running_.insert_or_assign(fence, attempt{will, work.attempt, std::move(done)});
  if (hangs(will, *work.spec)) return;
  if (plan->duration > milliseconds{0}) {
    timers_.add(clock_.now() + plan->duration, end_, fence);
    return;
  }
  boost::asio::post(io_, [this, fence, alive = std::weak_ptr{alive_}] {
    if (!alive.expired()) end(fence);
  });
}

std::optional<attempt_outcome> simulated_executor::foretell(attempt_work const& work) const {
  auto const plan = read_simulation_plan(work.spec->payload);
  if (!plan || plan->duration > milliseconds{0}) return std::nullopt;
  simulated_attempt will = simulate(*plan, seed_, work.job, work.generation, work.attempt);
  if (hangs(will, *work.spec)) return std::nullopt;
  return outcome_of(std::move(will), work.attempt);
}

void simulated_executor::cancel(seq fence) {
  boost::asio::post(io_, [this, fence, alive = std::weak_ptr{alive_}] {
    if (!alive.expired()) answer(fence.value, attempt_stopped{});
  });
}

void simulated_executor::end(std::uint64_t fence) {
  auto const found = running_.find(fence);
  if (found == running_.end()) return;
  answer(fence, outcome_of(std::move(found->second.plan), found->second.number));
}

void simulated_executor::answer(std::uint64_t fence, attempt_outcome outcome) {
  auto const found = running_.find(fence);
  if (found == running_.end()) return;
  callback<attempt_outcome> done = std::move(found->second.done);
  running_.erase(found);
  std::move(done)(std::move(outcome));
}

}  // namespace retrylab
