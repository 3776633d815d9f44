#include "events/job_runs.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

struct stream {
  std::vector<job_record> records;
  generation_number generation = 1;
  stream& has(job_event event) {
    if (std::holds_alternative<requeued>(event)) ++generation;
    auto const n = records.size() + 1;
    records.push_back({seq{10 + n}, job_id{1}, static_cast<stream_version>(n), generation,
                       from_micros(static_cast<std::int64_t>(n)), std::move(event)});
    return *this;
  }
};

event_ref at(std::uint64_t n) { return {seq{10 + n}, from_micros(static_cast<std::int64_t>(n))}; }

failed fails(failure_cause cause) { return {seq{}, 1, cause, {"E", "m"}}; }

TEST(job_runs, a_job_that_waits_has_none) {
  EXPECT_TRUE(runs_of(stream{}.has(created{}).has(rescheduled{}).has(cancelled{}).records).empty());
}

TEST(job_runs, tell_why_there_was_each_of_them_and_how_it_ended) {
  stream s;
  s.has(created{})
      .has(attempted{1, "a", {}})
      .has(fails(failure_cause::error))
      .has(retry_scheduled{});
  s.has(attempted{2, "b", {}}).has(released{}).has(attempted{2, "b", {}}).has(succeeded{});
  s.has(requeued{}).has(attempted{1, "c", {}});
  std::vector<job_run> const expected{
      {seq{12}, 1, 1, "a", run_reason::first, at(1), from_micros(2), at(3), run_end::failed},
      {seq{15}, 1, 2, "b", run_reason::retry, at(3), from_micros(5), at(6), run_end::released},
      {seq{17}, 1, 2, "b", run_reason::released, at(6), from_micros(7), at(8), run_end::succeeded},
      {seq{20}, 2, 1, "c", run_reason::requeued, at(9), from_micros(10), {}, run_end::running}};
  EXPECT_EQ(runs_of(s.records), expected);
}

TEST(job_runs, every_cause_of_a_failure_is_a_reason) {
  std::vector<std::pair<failure_cause, run_reason>> const pairs{
      {failure_cause::error, run_reason::retry},
      {failure_cause::timeout, run_reason::timeout},
      {failure_cause::lease_expired, run_reason::lease_expired},
      {failure_cause::worker_lost, run_reason::worker_lost},
      {failure_cause::interrupted, run_reason::interrupted}};
  for (auto const& [cause, reason] : pairs) {
    stream s;
    s.has(created{}).has(attempted{1, "a", {}}).has(fails(cause)).has(attempted{2, "a", {}});
    EXPECT_EQ(runs_of(s.records).back().reason, reason) << to_string(reason);
  }
}

TEST(job_runs, a_job_that_never_ran_is_not_repeated_by_a_requeue) {
  stream s;
  s.has(created{}).has(dead_lettered{}).has(requeued{}).has(attempted{1, "a", {}});
  EXPECT_EQ(runs_of(s.records).back().reason, run_reason::first);
  EXPECT_EQ(runs_of(s.records).back().because, at(3));
}

TEST(job_runs, cancelled_while_it_ran) {
  stream s;
  s.has(created{})
      .has(attempted{1, "a", {}})
      .has(cancel_requested{})
      .has(cancelled{seq{12}, "", ""});
  EXPECT_EQ(runs_of(s.records).back().end, run_end::cancelled);
}

}  // namespace
}  // namespace retrylab
