#include "actors/executors/simulation_plan.hpp"
#include "actors/job_actors.hpp"
#include "actors/live_feed.hpp"
#include "actors/projector.hpp"
#include "actors/purge_plan.hpp"
#include "actors/queues/local_ready_queue.hpp"
#include "actors/runtime/virtual_clock.hpp"
#include "actors/system_stream.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/store/memory_event_store.hpp"
#include "events/views/memory_job_view.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

constexpr timestamp noon = from_micros(1'767'268'800'000'000);

simulation_plan plan(std::string payload) {
  auto const p = read_simulation_plan(raw_json{std::move(payload)});
  EXPECT_TRUE(p);
  return *p;
}

std::vector<simulated_end> ends(std::string payload, int attempts) {
  std::vector<simulated_end> out;
  for (int n = 1; n <= attempts; ++n)
    out.push_back(simulate(plan(payload), 42, job_id{1}, 1, static_cast<attempt_number>(n)).end);
  return out;
}

constexpr auto good = simulated_end::success;
constexpr auto bad = simulated_end::fail;

TEST(simulation_plan, each_control_decides_as_it_says) {
  EXPECT_EQ(ends(R"({"force":"success"})", 2), (std::vector{good, good}));
  EXPECT_EQ(ends(R"({"force":"fail"})", 2), (std::vector{bad, bad}));
  EXPECT_EQ(ends(R"({"fail_times":2})", 4), (std::vector{bad, bad, good, good}));
  EXPECT_EQ(ends(R"({"sequence":["timeout","crash","success"]})", 4),
            (std::vector{simulated_end::timeout, simulated_end::crash, good, good}));
  EXPECT_EQ(ends(R"({"success_rate":1})", 3), (std::vector{good, good, good}));
  EXPECT_EQ(ends(R"({"success_rate":0})", 3), (std::vector{bad, bad, bad}));
}

TEST(simulation_plan, force_wins_over_sequence_and_sequence_over_fail_times) {
  EXPECT_EQ(ends(R"({"force":"success","sequence":["fail"],"fail_times":9,"success_rate":0})", 1),
            std::vector{good});
  EXPECT_EQ(ends(R"({"sequence":["success"],"fail_times":9})", 1), std::vector{good});
  EXPECT_EQ(ends(R"({"fail_times":0,"success_rate":0})", 1), std::vector{good});
}

TEST(simulation_plan, the_texts_are_those_of_the_interface) {
  EXPECT_EQ(simulate(plan(R"({"fail_times":2})"), 0, job_id{1}, 1, 2).message,
            "Planned failure 2/2");
}

TEST(simulation_plan, chance_follows_the_seed_and_the_rate) {
  std::string const payload = R"({"success_rate":0.8,"seed":7})";
  int successes = 0;
  for (std::uint64_t job = 1; job <= 10'000; ++job) {
    auto const end = simulate(plan(payload), job, job_id{job}, 1, 1).end;
    EXPECT_EQ(end, simulate(plan(payload), 99, job_id{job}, 1, 1).end)
        << "the server's seed must not matter";
    successes += end == good ? 1 : 0;
  }
  EXPECT_NEAR(successes, 8000, 200);
}

TEST(simulation_plan, a_control_of_the_wrong_type_is_named) {
  std::pair<char const*, char const*> const table[] = {
      {R"({"force":1})", "payload.force"},
      {R"({"force":"maybe"})", "payload.force"},
      {R"({"fail_times":-1})", "payload.fail_times"},
      {R"({"fail_times":"2"})", "payload.fail_times"},
      {R"({"sequence":[]})", "payload.sequence"},
      {R"({"sequence":["explode"]})", "payload.sequence"},
      {R"({"sequence":"fail"})", "payload.sequence"},
      {R"({"duration_ms":-1})", "payload.duration_ms"},
      {R"({"success_rate":2})", "payload.success_rate"},
      {R"({"seed":1.5})", "payload.seed"},
  };
  for (auto const& [payload, field] : table) {
    auto const p = read_simulation_plan(raw_json{payload});
    ASSERT_FALSE(p) << payload;
    EXPECT_EQ(p.error().front().field, field);
  }
}

TEST(local_ready_queue, is_in_order_of_priority_then_takes_turns_between_queues) {
  local_ready_queue q;
  q.push("a", 5, job_id{1});
  q.push("a", 5, job_id{2});
  q.push("b", 5, job_id{3});
  q.push("a", 9, job_id{4});
  std::vector<std::uint64_t> order;
  EXPECT_EQ(q.size(), 4u);
  while (auto const job = q.pop()) order.push_back(job->job.value);
  EXPECT_EQ(order, (std::vector<std::uint64_t>{4, 1, 3, 2}));
  EXPECT_EQ(q.size(), 0u);
}

TEST(local_ready_queue, keeps_the_jobs_of_a_closed_queue_in_their_order) {
  local_ready_queue q;
  for (std::uint64_t id : {1, 2}) q.push("a", 5, job_id{id});
  q.push("b", 5, job_id{3});
  q.open("a", false);
  q.push("a", 9, job_id{4});
  EXPECT_EQ(q.pop()->job, job_id{3});
  EXPECT_FALSE(q.pop());
  EXPECT_EQ(q.size("a"), 3u);
  q.open("a", true);
  q.open("a", true);
  std::vector<std::uint64_t> order;
  while (auto const job = q.pop()) order.push_back(job->job.value);
  EXPECT_EQ(order, (std::vector<std::uint64_t>{4, 1, 2}));
}

// Answers each append as the test says.
struct scripted_log final : commit_log {
  std::vector<append_batch> seen;
  std::deque<callback<append_reply>> waiting;
  void append(append_batch batch, callback<append_reply> answer) override {
    seen.push_back(std::move(batch));
    waiting.push_back(std::move(answer));
  }
  void answer(append_reply reply) {
    callback<append_reply> first = std::move(waiting.front());
    waiting.pop_front();
    std::move(first)(reply);
  }
};

TEST(system_stream, appends_one_at_a_time_and_a_refused_one_leaves_no_gap) {
  virtual_clock time{noon};
  scripted_log log;
  system_stream stream{time, log, 4};
  std::vector<bool> stored;
  auto const append = [&](system_event e) {
    stream.append(std::move(e),
                  [&](append_reply r) { stored.push_back(std::holds_alternative<appended>(r)); });
  };
  append(queue_paused{"a", "op", ""});
  append(queue_limited{"a", 2, "op"});
  ASSERT_EQ(log.seen.size(), 1u);
  log.answer(log_refusal::disk_full);
  log.answer(appended{seq{9}});
  EXPECT_EQ(stored, (std::vector{false, true}));
  EXPECT_EQ(log.seen[0].events[0].version, 5u);
  EXPECT_EQ(log.seen[1].events[0].version, 5u);
  EXPECT_FALSE(stream.state().queues.at("a").paused);
  EXPECT_EQ(stream.state().queues.at("a").concurrency, 2u);
  EXPECT_EQ(stream.last(), seq{9});
}

// Actors over a log that commits when the test says so.
class actors : public testing::Test, public job_observer, public commit_log {
 protected:
  void append(append_batch batch, callback<append_reply> answer) override {
    waiting.emplace_back(std::move(batch), std::move(answer));
  }
  void committed(job_state const& state, std::span<job_record const>) override {
    seen.push_back(state.status);
  }
  std::optional<start_attempt> slot_for(job_state const&, timestamp) override { return slot; }
  std::optional<job_command> foretold(job_state const& begun) override {
    if (!end) return std::nullopt;
    EXPECT_EQ(begun.status, job_status::running);
    return report_failure{begun.running->fence, failure_cause::error, *end};
  }
  void withdrawn(job_state const& created) override { given_up.push_back(created.id); }
  void commit_all() {
    for (auto& [batch, answer] : std::exchange(waiting, {})) {
      std::vector<append_batch> group;
      group.push_back(std::move(batch));
      auto const outcome = *store.append(group);
      append_reply reply{};
      std::visit([&](auto const& o) { reply = o; }, outcome.front());
      std::move(answer)(reply);
    }
  }
  ask_answer ask(job_id job, job_command command) {
    std::optional<ask_answer> got;
    jobs.ask(job, std::move(command), [&](ask_answer a) { got = std::move(a); });
    while (!got) {
      io.restart();
      io.poll();
      commit_all();
    }
    return *got;
  }

  boost::asio::io_context io;
  virtual_clock time{noon};
  memory_event_store store;
  std::shared_ptr<event_reader> reader{&store, [](auto*) {}};
  posted_read_pool reads{io.get_executor(), {reader, nullptr}};
  std::vector<std::pair<append_batch, callback<append_reply>>> waiting;
  std::vector<job_status> seen;
  std::optional<start_attempt> slot;
  std::optional<job_error> end;
  std::vector<job_id> given_up;
  std::vector<retry_rule> rules;
  job_actors jobs{io.get_executor(), actor_ports{time, *this, *this, 1, rules}, reads, job_id{}};
};

TEST_F(actors, an_answer_comes_after_the_commit_and_after_the_observer) {
  std::optional<ask_answer> got;
  jobs.create(job_spec{}, std::nullopt, [&](ask_answer a) {
    EXPECT_EQ(seen.size(), 1u);
    got = std::move(a);
  });
  io.poll();
  EXPECT_FALSE(got);
  EXPECT_TRUE(seen.empty());
  commit_all();
  ASSERT_TRUE(got && *got);
  EXPECT_EQ((*got)->id, job_id{1});
}

TEST_F(actors, a_job_that_starts_and_ends_as_it_is_created_is_one_batch_and_answered_as_created) {
  slot = start_attempt{"w"};
  end = job_error{"Refused", "no"};
  std::optional<ask_answer> got;
  jobs.create(job_spec{}, std::nullopt, [&](ask_answer a) { got = std::move(a); });
  ASSERT_EQ(waiting.size(), 1u);
  commit_all();
  ASSERT_TRUE(got && *got);
  EXPECT_EQ((*got)->status, job_status::queued);
  EXPECT_EQ((*got)->version, 1u);
  EXPECT_EQ(seen, std::vector{job_status::retrying});
  std::vector<std::string> types;
  auto const rows = *store.read_stream(job_id{1}, 0, 10);
  for (stored_event const& e : rows) types.push_back(e.type);
  EXPECT_EQ(types, (std::vector<std::string>{"Created", "Attempted", "Failed", "RetryScheduled"}));
  EXPECT_EQ(std::get<failed>(decode(rows[2])->event).fence, rows[1].seq);
  EXPECT_TRUE(given_up.empty());
}

TEST_F(actors, an_attempt_that_takes_no_time_begins_and_ends_in_one_batch) {
  jobs.create(job_spec{}, std::nullopt, [](ask_answer const&) {});
  commit_all();
  end = job_error{"Refused", "no"};
  auto const answer = ask(job_id{1}, start_attempt{"w"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, job_status::running);
  EXPECT_EQ(seen, (std::vector{job_status::queued, job_status::retrying}));
}

TEST_F(actors, a_creation_that_is_refused_gives_its_slot_back) {
  slot = start_attempt{"w"};
  jobs.create(job_spec{}, std::nullopt, [](ask_answer const&) {});
  jobs.create_all({prepare(job_spec{}), prepare(job_spec{})}, std::nullopt,
                  [](create_all_answer const&) {});
  for (auto& [batch, answer] : std::exchange(waiting, {}))
    std::move(answer)(log_refusal::disk_full);
  EXPECT_EQ(given_up, (std::vector{job_id{1}, job_id{2}, job_id{3}}));
}

TEST_F(actors, jobs_that_are_created_together_may_start_and_end_in_that_batch) {
  slot = start_attempt{"w"};
  end = job_error{"Refused", "no"};
  std::optional<create_all_answer> got;
  jobs.create_all({prepare(job_spec{}), prepare(job_spec{})}, std::nullopt,
                  [&](create_all_answer a) { got = a; });
  commit_all();
  ASSERT_TRUE(got && *got);
  EXPECT_EQ((*got)->first, job_id{1});
  EXPECT_EQ((*got)->last, job_id{2});
  EXPECT_EQ(store.head()->last, seq{8});
  for (std::uint64_t job : {1, 2}) {
    auto const rows = *store.read_stream(job_id{job}, 0, 10);
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(std::get<failed>(decode(rows[2])->event).fence, rows[1].seq);
  }
}

TEST_F(actors, one_command_at_a_time_and_each_sees_the_state_it_was_decided_on) {
  jobs.create(job_spec{}, std::nullopt, [](ask_answer const&) {});
  std::vector<bool> accepted;
  for (int i = 0; i < 3; ++i)
    jobs.ask(job_id{1}, start_attempt{"w"},
             [&](ask_answer const& a) { accepted.push_back(a.has_value()); });
  EXPECT_EQ(waiting.size(), 1u);
  while (!waiting.empty()) commit_all();
  EXPECT_EQ(accepted, (std::vector<bool>{true, false, false}));
}

TEST_F(actors, a_full_mailbox_answers_busy) {
  jobs.create(job_spec{}, std::nullopt, [](ask_answer const&) {});
  int busy = 0;
  for (std::size_t i = 0; i < limits::mailbox + 7; ++i) {
    jobs.ask(job_id{1}, tick{}, [&](ask_answer const& a) {
      busy += !a && a.error().what == ask_error::kind::busy ? 1 : 0;
    });
  }
  EXPECT_EQ(busy, 7);
}

TEST_F(actors, a_job_that_was_evicted_comes_back_from_its_stream) {
  std::size_t const count = limits::actors_cached + 50;
  for (std::size_t i = 0; i < count; ++i) {
    jobs.create(job_spec{}, std::nullopt, [](ask_answer const&) {});
    commit_all();
  }
  EXPECT_EQ(jobs.cached(), limits::actors_cached);
  auto const answer = ask(job_id{1}, cancel_job{"me", ""});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, job_status::cancelled);
  EXPECT_EQ(answer->version, 2u);
}

TEST_F(actors, nobody_answers_for_an_id_that_was_not_handed_out) {
  auto const answer = ask(job_id{1}, cancel_job{"me", ""});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().why, rejection::no_such_job);
  EXPECT_EQ(jobs.cached(), 0u);
  EXPECT_FALSE(ask(job_id{0}, tick{}));
}

TEST_F(actors, a_refused_write_leaves_the_job_as_it_was) {
  std::vector<ask_error::kind> kinds;
  for (auto refusal : {log_refusal::busy, log_refusal::disk_full, log_refusal::poisoned}) {
    jobs.create(job_spec{}, std::nullopt,
                [&](ask_answer const& a) { kinds.push_back(a.error().what); });
    std::move(waiting.back().second)(refusal);
    waiting.pop_back();
  }
  EXPECT_EQ(kinds, (std::vector{ask_error::kind::log_busy, ask_error::kind::disk_full,
                                ask_error::kind::unavailable}));
  EXPECT_TRUE(seen.empty());
}

std::vector<stored_event> some_events(memory_event_store& store, std::uint64_t jobs) {
  for (std::uint64_t j = 1; j <= jobs; ++j) {
    encoded_event const e = encode(job_event{created{}});
    append_batch b;
    b.events.push_back({{}, job_id{j}, 1, 1, std::string{e.type}, noon, e.data});
    EXPECT_TRUE(store.append({&b, 1}));
  }
  return *store.read_all({}, jobs);
}

class purge_planning : public testing::Test {
 protected:
  // Jobs that were cancelled, one a second from noon on.
  void cancelled_jobs(std::uint64_t count, std::size_t payload_bytes = 0) {
    for (std::uint64_t job = 1; job <= count; ++job) {
      job_spec s;
      s.payload.text = R"({"x":")" + std::string(payload_bytes, 'x') + R"("})";
      append(job, 1, created{s}, noon + std::chrono::seconds{job});
      append(job, 2, cancelled{std::nullopt, "me", ""}, noon + std::chrono::seconds{job});
    }
  }
  void append(std::uint64_t job, stream_version version, job_event const& event, timestamp at) {
    append_batch b;
    b.events.push_back(encode(job_record{{}, job_id{job}, version, 1, at, event}));
    ASSERT_TRUE(log_.append({&b, 1}));
  }
  purge_plan plan(purge_cursor const& cursor, timestamp until = noon + 24h,
                  microseconds patience = {}) {
    auto const planned = plan_purge(log_, archive_, cursor, until, patience, 1);
    EXPECT_TRUE(planned) << planned.error().message;
    return *planned;
  }
  memory_event_store log_;
  no_archive archive_;
  purge_cursor const start_{job_status::cancelled, {}, {}};
};

TEST_F(purge_planning, takes_what_ended_long_enough_ago_but_the_newest_job) {
  cancelled_jobs(5);
  EXPECT_EQ(plan(start_, noon + 3s).event.jobs, "1-3");
  purge_plan const all = plan(start_);
  EXPECT_EQ(all.event.jobs, "1-4");
  EXPECT_EQ(all.event.events, 8u);
  EXPECT_TRUE(all.at_end);
  ASSERT_EQ(all.next.found.size(), 1u);
  EXPECT_EQ(all.next.found[0].job, job_id{5});
  EXPECT_TRUE(plan(all.next).streams.empty());
  EXPECT_EQ(plan(all.next).next.found.size(), 1u);
  append(6, 1, created{}, noon + 6s);
  EXPECT_EQ(plan(all.next).event.jobs, "5");
}

TEST_F(purge_planning, few_jobs_wait_for_more_but_not_longer_than_patience) {
  cancelled_jobs(9);
  purge_plan const early = plan(start_, noon + 5s, 10s);
  EXPECT_TRUE(early.streams.empty());
  EXPECT_TRUE(early.at_end);
  EXPECT_EQ(early.next.found.size(), 5u);
  purge_plan const later = plan(early.next, noon + 7s, 10s);
  EXPECT_TRUE(later.streams.empty());
  EXPECT_EQ(plan(later.next, noon + 11s, 10s).event.jobs, "1-8");
}

TEST_F(purge_planning, a_job_that_went_on_after_its_end_is_left_alone) {
  cancelled_jobs(3);
  append(1, 3, requeued{"me", "", {}, {}, {}}, noon + 4s);
  append(2, 3, requeued{"me", "", {}, {}, {}}, noon + 4s);
  append(2, 4, cancelled{std::nullopt, "me", ""}, noon + 60s);
  EXPECT_TRUE(plan(start_, noon + 59s).streams.empty());
  EXPECT_EQ(plan(start_, noon + 60s).event.jobs, "2");
  purge_plan const waiting = plan(start_, noon + 59s, 24h);
  EXPECT_EQ(plan(waiting.next, noon + 60s).event.count, 1u);
}

TEST_F(purge_planning, a_step_is_bounded_by_jobs_and_by_bytes_and_the_next_one_goes_on) {
  cancelled_jobs(limits::purge_jobs + 3);
  purge_plan const first = plan(start_);
  EXPECT_EQ(first.event.count, limits::purge_jobs);
  EXPECT_FALSE(first.at_end);
  EXPECT_EQ(plan(first.next).event.jobs, "1001-1002");
}

TEST_F(purge_planning, a_step_of_large_jobs_ends_early) {
  cancelled_jobs(40, 1024 * 1024);
  purge_plan const first = plan(start_);
  EXPECT_EQ(first.event.jobs, "1-31");
  EXPECT_FALSE(first.at_end);
  EXPECT_EQ(plan(first.next).event.jobs, "32-39");
}

TEST(projector, fills_a_gap_from_the_log_and_drops_what_it_has) {
  memory_event_store store;
  memory_job_view view;
  std::vector<seq> steps;
  projector p{view, store,
              [&](std::shared_ptr<projected const> const& s) { steps.push_back(s->step.to); },
              [](std::string const& why) { FAIL() << why; }};
  auto const events = some_events(store, 10);
  p.project({events.begin(), events.begin() + 2});
  p.project({events.begin() + 5, events.begin() + 7});
  p.project({events.begin() + 4, events.begin() + 8});
  EXPECT_EQ(steps, (std::vector<seq>{seq{2}, seq{5}, seq{7}, seq{8}}));
  EXPECT_TRUE(p.catch_up());
  EXPECT_EQ(*view.checkpoint(), seq{10});
}

TEST(live_feed, holds_the_newest_steps_and_says_what_it_no_longer_has) {
  live_feed feed{seq{0}};
  for (std::uint64_t i = 0; i < limits::feed_updates + 10; ++i) {
    auto step = std::make_shared<projected>();
    step->step.from = seq{i};
    step->step.to = seq{i + 1};
    feed.publish(std::move(step));
  }
  EXPECT_EQ(feed.newest(), seq{limits::feed_updates + 10});
  EXPECT_FALSE(feed.holds(seq{9}));
  EXPECT_TRUE(feed.holds(seq{10}));
  EXPECT_EQ(feed.since(seq{10}).size(), limits::feed_updates);
  EXPECT_EQ(feed.since(feed.newest()).size(), 0u);
  EXPECT_FALSE(feed.holds(feed.newest().next()));
}

TEST(live_feed, rings_every_bell_and_keeps_promises) {
  live_feed feed{seq{0}};
  int rung = 0;
  auto const bell = feed.hang([&] { ++rung; });
  std::vector<int> reached;
  feed.when_reached(seq{0}, [&](bool) { reached.push_back(0); });
  feed.when_reached(seq{2}, [&](bool) { reached.push_back(2); });
  for (std::uint64_t i = 0; i < 3; ++i) {
    auto step = std::make_shared<projected>();
    step->step.from = seq{i};
    step->step.to = seq{i + 1};
    feed.publish(std::move(step));
    EXPECT_EQ(reached.size(), i < 1 ? 1u : 2u);
  }
  feed.take_off(bell);
  EXPECT_EQ(rung, 3);
  EXPECT_EQ(reached, (std::vector<int>{0, 2}));
}

}  // namespace
}  // namespace retrylab
