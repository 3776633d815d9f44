// The past is what a fold of the whole events says it was, wherever one enters it.

#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/past/time_machine.hpp"
#include "events/store/memory_event_store.hpp"
#include "temporary_directory.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

constexpr timestamp noon = from_micros(1'767'268'800'000'000);

job_spec spec_of(std::uint64_t job) {
  job_spec s;
  s.type = job % 3 == 0 ? "mail" : "report";
  s.queue = job % 2 == 0 ? "a" : "b";
  return s;
}

// A log in which each job is created and then comes to one of eight ends, and what an honest fold
// says of every moment.
class history {
 public:
  void add(job_id job, job_event event) {
    job_state& state = jobs_[job];
    generation_number const generation =
        state.generation + (std::holds_alternative<requeued>(event) ? 1 : 0);
    job_record record{{}, job, state.version + 1, generation, now_, std::move(event)};
    append(encode(record));
    record.seq = last_;
    evolve(state, record);
    remember();
  }
  void add(system_event const& event) {
    encoded_event e = encode(event);
    append({{}, system_id, ++system_version_, 1, std::string{e.type}, now_, e.data});
    remember();
  }
  void live(std::uint64_t id, int end) {
    job_id const job{id};
    add(job, created{spec_of(id)});
    if (end == 0) return;
    now_ += 1s;
    add(job, attempted{1, "w", std::nullopt});
    seq const fence = last_;
    if (end == 1) return;
    if (end <= 3) add(job, succeeded{fence, std::nullopt});
    if (end == 3) add(job, requeued{"me", "again", {}, {}, {}});
    if (end == 4) add(job, released{fence, "deploy"});
    if (end == 5) add(job, cancelled{fence, "me", ""});
    if (end < 6) return;
    add(job, failed{fence, 1, failure_cause::error, {"E", "m"}});
    end == 6 ? add(job, retry_scheduled{now_ + 5s, 5s, "fixed"})
             : add(job, dead_lettered{dead_letter_reason::attempts_exhausted, "server"});
    if (end == 8) add(job, discarded{"me", ""});
  }
  [[nodiscard]] status_counts counts_at(seq at, timestamp now) const {
    status_counts counts{};
    for (auto const& [job, state] : states_.at(at.value - 1))
      ++counts.at(static_cast<std::size_t>(status_at(state, now)));
    return counts;
  }
  [[nodiscard]] std::set<job_id> with(job_status status, seq at, timestamp now) const {
    std::set<job_id> found;
    for (auto const& [job, state] : states_.at(at.value - 1)) {
      if (status_at(state, now) == status) found.insert(job);
    }
    return found;
  }
  [[nodiscard]] seq last() const { return last_; }
  [[nodiscard]] std::shared_ptr<event_reader> reader() {
    return {&store_, [](auto*) {}};
  }
  [[nodiscard]] timestamp time_of(seq at) const { return times_.at(at.value - 1); }

 private:
  void append(stored_event row) {
    append_batch batch;
    batch.events.push_back(std::move(row));
    last_ = std::get<appended>(store_.append({&batch, 1})->front()).first;
  }
  void remember() {
    states_.push_back(jobs_);
    times_.push_back(now_);
  }

  memory_event_store store_;
  timestamp now_ = noon;
  seq last_{};
  stream_version system_version_ = 0;
  std::map<job_id, job_state> jobs_;
  std::vector<std::map<job_id, job_state>> states_;
  std::vector<timestamp> times_;
};

std::set<job_id> set_of(std::vector<job_id> const& ids) { return {ids.begin(), ids.end()}; }

void expect_same(time_machine& machine, history const& log, seq at, timestamp now) {
  auto const failure = machine.visit(at, [&](past_system const& past) {
    EXPECT_EQ(past.last(), at);
    EXPECT_EQ(past.counts(now).total, log.counts_at(at, now)) << "at " << at.value;
    for (job_status status : {job_status::queued, job_status::running, job_status::failed})
      EXPECT_EQ(set_of(past.list(status, now, 1000)), log.with(status, at, now));
  });
  EXPECT_FALSE(failure) << failure->message;
}

RC_GTEST_PROP(past, is_what_a_fold_of_all_events_says_in_any_order_of_looks, ()) {
  history log;
  auto const ends = *rc::gen::container<std::vector<int>>(12, rc::gen::inRange(0, 9));
  for (std::uint64_t i = 0; i < ends.size(); ++i) log.live(i + 1, ends[i]);
  time_machine machine{log.reader(), {}};
  auto const looks = *rc::gen::container<std::vector<std::uint64_t>>(
      6, rc::gen::inRange<std::uint64_t>(1, log.last().value + 1));
  for (std::uint64_t at : looks) {
    expect_same(machine, log, seq{at}, log.time_of(seq{at}));
    expect_same(machine, log, seq{at}, log.time_of(seq{at}) + 1h);  // what waited is due
  }
}

// Backwards one by one, over places that are taken back, and over events of the system, which are
// not.
RC_GTEST_PROP(past, a_walk_backwards_sees_the_same, ()) {
  history log;
  auto const ends = *rc::gen::container<std::vector<int>>(12, rc::gen::inRange(0, 10));
  for (std::uint64_t i = 0; i < ends.size(); ++i) {
    if (ends[i] == 9) log.add(queue_paused{"a", "me", "look"});
    log.live(i + 1, ends[i] % 9);
  }
  time_machine machine{log.reader(), {}};
  for (std::uint64_t at = log.last().value; at > 0; --at)
    expect_same(machine, log, seq{at}, log.time_of(seq{at}));
}

TEST(past, takes_back_what_it_noted_and_no_more) {
  history log;
  for (std::uint64_t job = 1; job <= 3; ++job) log.live(job, 3);  // Requeued is among them
  past_system past;
  past.note_undo(true);
  auto const rows = log.reader()->read_all({}, 100);
  ASSERT_TRUE(rows);
  auto const find = [](job_id, stream_version) { return std::nullopt; };
  for (stored_event const& row : *rows) EXPECT_FALSE(past.apply(row, find));
  past.step_back(seq{1});
  EXPECT_EQ(past.last(), seq{1});
  EXPECT_EQ(past.counts(noon).total, log.counts_at(seq{1}, noon));
  past.step_back({});
  EXPECT_EQ(past.size(), 0U);
  past.note_undo(false);
  for (stored_event const& row : *rows) EXPECT_FALSE(past.apply(row, find));
  past.step_back(seq{1});
  EXPECT_EQ(past.last(), log.last());
}

TEST(past, names_what_operators_and_workers_were_doing) {
  history log;
  log.add(worker_seen{"w-1", "host", {}});
  log.add(queue_paused{"a", "me", "look"});
  log.add(worker_lost{"w-1", "silent"});
  log.add(queue_resumed{"a", "me"});
  time_machine machine{log.reader(), {}};
  auto const paused = [&](std::uint64_t at) {
    bool is = false;
    EXPECT_FALSE(machine.visit(seq{at}, [&](past_system const& past) {
      auto const found = past.system().queues.find("a");
      is = found != past.system().queues.end() && found->second.paused;
      EXPECT_EQ(past.workers().at("w-1").lost, at >= 3);
    }));
    return is;
  };
  EXPECT_EQ((std::vector{paused(4), paused(3), paused(2), paused(1)}),
            (std::vector{false, true, true, false}));
}

TEST(past, a_moment_is_found_by_its_time) {
  history log;
  for (std::uint64_t job = 1; job <= 20; ++job) log.live(job, 2);
  time_machine machine{log.reader(), {}};
  EXPECT_EQ(*machine.find(noon - 1s), seq{});
  EXPECT_EQ(*machine.find(log.time_of(log.last()) + 1h), log.last());
  for (std::uint64_t at = 1; at < log.last().value; ++at) {
    if (log.time_of(seq{at}) == log.time_of(seq{at + 1})) continue;
    EXPECT_EQ(*machine.find(log.time_of(seq{at})), seq{at});
  }
}

TEST(past, does_not_reach_beyond_the_end) {
  history log;
  log.live(1, 2);
  time_machine machine{log.reader(), {}};
  auto const failure = machine.visit(seq{4}, [](past_system const&) { FAIL(); });
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->what, past_failure::kind::not_yet);
  EXPECT_EQ(failure->reached, seq{3});
}

TEST(past, next_due_is_in_the_order_of_time) {
  history log;
  for (std::uint64_t job = 1; job <= 3; ++job) log.live(job, 6);
  time_machine machine{log.reader(), {}};
  EXPECT_FALSE(machine.visit(log.last(), [&](past_system const& past) {
    timestamp const now = log.time_of(log.last());
    EXPECT_EQ(past.next_due(now, 2), (std::vector{job_id{1}, job_id{2}}));
    EXPECT_EQ(past.next_due(now + 1h, 9), std::vector<job_id>{});
  }));
}

// What is in the file, and that it is used only where it belongs.
TEST(past_snapshot, is_read_as_it_was_written_and_only_for_its_own_log) {
  history log;
  for (std::uint64_t job = 1; job <= 40; ++job) log.live(job, static_cast<int>(job % 9));
  temporary_directory directory;
  past_snapshots files{directory.path() / "snapshots"};
  time_machine machine{log.reader(), {}};
  status_counts expected{};
  timestamp const now = log.time_of(log.last());
  EXPECT_FALSE(machine.visit(log.last(), [&](past_system const& past) {
    files.write(past, "c0ffee");
    expected = past.counts(now).total;
  }));
  EXPECT_TRUE(files.has(log.last()));
  EXPECT_EQ(files.before(seq{log.last().value - 1}), std::vector<seq>{});
  EXPECT_EQ(files.before(log.last()), std::vector{log.last()});
  auto const again = files.read(log.last(), "c0ffee");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->counts(now).total, expected);
  EXPECT_EQ(again->at(), now);
  EXPECT_FALSE(files.read(log.last(), "another"));
  auto const file = std::filesystem::directory_iterator{directory.path() / "snapshots"} -> path();
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 5);
  EXPECT_FALSE(files.read(log.last(), "c0ffee"));
}

class deep_log : public testing::Test {
 protected:
  deep_log() {
    log_.add(queue_paused{"a", "me", "look"});
    for (std::uint64_t job = 1; job <= 300; ++job) log_.live(job, static_cast<int>(job % 9));
  }
  time_machine fresh() {
    return {log_.reader(), directory_.path(), {.events = 100, .step = 20, .snapshot = 250}};
  }
  // Asks until it is there; how often it was told to ask again.
  std::size_t reach(time_machine& machine, seq at) {
    for (std::size_t asked = 0;; ++asked) {
      auto const failure = machine.visit(at, [](past_system const&) {});
      if (!failure) return asked;
      EXPECT_EQ(failure->what, past_failure::kind::reading);
      EXPECT_LT(failure->reached, at);
    }
  }
  history log_;
  temporary_directory directory_;
};

TEST_F(deep_log, is_read_in_bounded_steps_and_what_was_passed_is_remembered_on_disk) {
  seq const last = log_.last();
  time_machine first = fresh();
  EXPECT_GE(reach(first, last), (last.value - 1) / 110);
  EXPECT_EQ(past_snapshots{directory_.path()}.before(last).size(), last.value / 250);
  time_machine second = fresh();
  EXPECT_LE(reach(second, last), 3u);
  expect_same(second, log_, last, log_.time_of(last));
  EXPECT_FALSE(second.visit(last, [](past_system const& past) {
    EXPECT_TRUE(past.system().queues.at("a").paused) << "events of the system are not in the file";
  }));
}

TEST_F(deep_log, steps_back_and_forth_agree_with_the_fold) {
  time_machine machine = fresh();
  seq const middle{log_.last().value / 2};
  reach(machine, middle);
  for (int step : {-1, -1, 1, -30, 5, 60, -90, -1}) {
    seq const at{static_cast<std::uint64_t>(static_cast<std::int64_t>(middle.value) + step)};
    reach(machine, at);
    expect_same(machine, log_, at, log_.time_of(at));
  }
}

TEST_F(deep_log, snapshots_of_another_log_are_not_used) {
  time_machine first = fresh();
  reach(first, log_.last());
  history other;
  for (std::uint64_t job = 1; job <= 300; ++job) other.live(job, 2);
  time_machine machine{
      other.reader(), directory_.path(), {.events = 10'000, .step = 20, .snapshot = 250}};
  expect_same(machine, other, other.last(), other.time_of(other.last()));
}

}  // namespace
}  // namespace retrylab
