#include "given.hpp"

namespace retrylab {
namespace {

using namespace testing_given;
using namespace std::chrono_literals;

// Each row of docs/job_lifecycle.md: from which stored status which events may come next.
struct row {
  char const* name;
  std::vector<job_event> history;
  std::vector<job_event> legal;
};

constexpr seq fence{12};
job_event const retry = retry_scheduled{noon + 1s, 1s, "fixed"};
job_event const to_dead = dead_lettered{dead_letter_reason::operator_, "me"};
job_event const fail = failed{fence, 1, failure_cause::error, smtp};
job_event const requeue = requeued{"me", "", {}, {}, {}};

// One of every event, with the fence of the attempt that may be running.
std::vector<job_event> every_event() {
  return {created{spec()},
          attempted{1, "w", {}},
          attempted{2, "w", {}},
          succeeded{fence, {}},
          fail,
          retry,
          to_dead,
          released{fence, ""},
          rescheduled{noon, "me", ""},
          cancel_requested{"me", ""},
          cancelled{std::nullopt, "me", ""},
          cancelled{fence, "me", ""},
          requeue,
          discarded{"me", ""},
          extended{fence, noon + 1h},
          progressed{1, {}}};
}

std::vector<row> table() {
  job_spec later = spec();
  later.run_at = noon + 1h;
  job_event const first = attempted{1, "w", {}};
  job_event const second = attempted{2, "w", {}};
  job_event const reschedule = rescheduled{noon, "me", ""};
  job_event const cancel_waiting = cancelled{std::nullopt, "me", ""};
  job_event const cancel_running = cancelled{fence, "me", ""};
  job_event const ask = cancel_requested{"me", ""};
  job_event const success = succeeded{fence, {}};
  job_event const release = released{fence, ""};
  job_event const word = progressed{1, {}};
  std::vector<job_event> const run{created{spec()}, first};
  auto then = [](std::vector<job_event> events, std::initializer_list<job_event> more) {
    events.insert(events.end(), more);
    return events;
  };
  return {
      {"none", {}, {created{spec()}}},
      {"SCHEDULED", {created{later}}, {first, to_dead, reschedule, cancel_waiting, word}},
      {"QUEUED", {created{spec()}}, {first, to_dead, cancel_waiting, word}},
      {"RUNNING", run, {success, fail, release, ask, cancel_running, word}},
      {"RUNNING, leased",
       {created{spec()}, attempted{1, "w", 1s}},
       {success, fail, release, ask, cancel_running, word, extended{fence, noon + 1h}}},
      {"RUNNING, cancel requested",
       then(run, {ask}),
       {success, fail, release, cancel_running, word}},
      {"just failed", then(run, {fail}), {retry, to_dead, discarded{"me", ""}}},
      {"RETRYING", then(run, {fail, retry}), {second, to_dead, reschedule, cancel_waiting, word}},
      {"released", then(run, {release}), {first, to_dead, cancel_waiting, word}},
      {"SUCCEEDED", then(run, {success}), {requeue, word}},
      {"FAILED", then(run, {fail, to_dead}), {requeue, discarded{"me", ""}, word}},
      {"CANCELLED", {created{spec()}, cancel_waiting}, {requeue, word}},
      {"DISCARDED", then(run, {fail, to_dead, discarded{"me", ""}}), {requeue, word}},
      {"DISCARDED at once", then(run, {fail, discarded{"me", ""}}), {requeue, word}},
  };
}

TEST(job_state, exactly_the_transitions_of_the_table_are_legal) {
  for (row const& r : table()) {
    job_state const state = state_after(r.history);
    for (job_event const& event : every_event()) {
      bool const expected = std::find(r.legal.begin(), r.legal.end(), event) != r.legal.end();
      EXPECT_EQ(!why_illegal(state, event), expected)
          << r.name << ", event of index " << event.index() << ": "
          << why_illegal(state, event).value_or("legal");
    }
  }
}

TEST(job_state, a_stale_fence_is_never_legal) {
  job_state const running = state_after({created{spec()}, attempted{1, "w", {}}});
  for (job_event const& e :
       {job_event{succeeded{seq{11}, {}}},
        job_event{failed{seq{13}, 1, failure_cause::error, smtp}}, job_event{released{seq{1}, ""}},
        job_event{cancelled{seq{1}, "", ""}}}) {
    EXPECT_NE(why_illegal(running, e), std::nullopt);
  }
}

TEST(job_state, an_attempt_beyond_the_maximum_is_illegal) {
  job_state const used_up = state_after({created{spec(1)}, attempted{1, "w", {}}, fail, retry});
  EXPECT_NE(why_illegal(used_up, attempted{2, "w", {}}), std::nullopt);
}

TEST(job_state, a_waiting_job_reads_as_queued_once_its_time_has_come) {
  job_state const waiting = state_after({created{spec()}, attempted{1, "w", {}}, fail, retry});
  EXPECT_EQ(status_at(waiting, noon), job_status::retrying);
  EXPECT_EQ(status_at(waiting, noon + 1s), job_status::queued);
  EXPECT_EQ(next_deadline(waiting), noon + 1s);
}

TEST(job_state, attempts_count_failures_and_executions_count_starts) {
  job_state const s =
      state_after({created{spec()}, attempted{1, "w", {}}, released{seq{12}, ""},
                   attempted{1, "w", {}}, failed{seq{14}, 1, failure_cause::error, smtp}, retry});
  EXPECT_EQ(s.attempts, 1u);
  EXPECT_EQ(s.executions, 2u);
  EXPECT_EQ(s.error, smtp);
}

TEST(job_state, a_requeue_begins_a_generation_and_keeps_what_it_does_not_edit) {
  job_spec s = spec(1);
  s.payload.text = R"({"old":1})";
  job_state const before =
      state_after({created{s}, attempted{1, "w", {}}, fail,
                   dead_lettered{dead_letter_reason::attempts_exhausted, "server"}});
  EXPECT_TRUE(before.finished_at);
  job_state const after =
      state_after({created{s}, attempted{1, "w", {}}, fail,
                   dead_lettered{dead_letter_reason::attempts_exhausted, "server"},
                   requeued{"me", "", {}, 5, {}}});
  EXPECT_EQ(after.generation, 2u);
  EXPECT_EQ(after.attempts, 0u);
  EXPECT_EQ(after.executions, 1u);
  EXPECT_EQ(after.status, job_status::queued);
  EXPECT_EQ(after.spec->max_attempts, 5u);
  EXPECT_EQ(after.spec->payload.text, R"({"old":1})");
  EXPECT_FALSE(after.finished_at || after.error || after.result);
}

}  // namespace
}  // namespace retrylab
