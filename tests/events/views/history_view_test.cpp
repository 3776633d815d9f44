// The history: what is counted where, what expires, and that the file gives back what memory held.

#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/views/memory_job_view.hpp"
#include "events/views/sqlite_job_view.hpp"
#include "temporary_directory.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace retrylab {
namespace {

using namespace std::chrono_literals;
using kind = history_event;

timestamp const noon = from_micros(1'767'268'800'000'000);
constexpr timestamp never = from_micros(std::numeric_limits<std::int64_t>::max());

// A log by hand, and a view to fold it.
class log_of_jobs {
 public:
  seq add(std::uint64_t job, job_event const& event, timestamp at) {
    encoded_event const e = encode(event);
    if (std::holds_alternative<requeued>(event)) ++generations_[job];
    pending_.push_back({seq{++last_}, job_id{job}, ++versions_[job], 1 + generations_[job],
                        std::string{e.type}, at, e.data});
    return seq{last_};
  }
  void create(std::uint64_t job, timestamp at, std::optional<timestamp> run_at = {}) {
    job_spec s;
    s.type = "mail";
    s.run_at = run_at;
    add(job, created{s}, at);
  }
  seq attempt(std::uint64_t job, timestamp at, attempt_number n = 1) {
    return add(job, attempted{n, "w", std::nullopt}, at);
  }
  // Created, started after `wait`, done after `run`.
  void succeed(std::uint64_t job, timestamp at, microseconds wait, microseconds run) {
    create(job, at);
    seq const fence = attempt(job, at + wait);
    add(job, succeeded{fence, std::nullopt}, at + wait + run);
  }
  void fail(std::uint64_t job, seq fence, timestamp at, std::optional<timestamp> due,
            attempt_number n = 1) {
    add(job, failed{fence, n, failure_cause::error, {"E", "m", {}}}, at);
    if (due) return void(add(job, retry_scheduled{*due, *due - at, "fixed"}, at));
    add(job, dead_lettered{dead_letter_reason::attempts_exhausted, "server"}, at);
  }
  void apply_to(job_view& view) {
    auto const step = view.apply(pending_);
    ASSERT_TRUE(step) << step.error().message;
    pending_.clear();
  }

 private:
  std::vector<stored_event> pending_;
  std::map<std::uint64_t, stream_version> versions_;
  std::map<std::uint64_t, generation_number> generations_;
  std::uint64_t last_ = 0;
};

history_reader::slots all(job_view const& view, resolution r) {
  return view.history().between(r, {}, never);
}

void expect_same(job_view const& one, job_view const& other) {
  for (resolution r : {resolution::second, resolution::minute, resolution::hour}) {
    auto const a = all(one, r);
    auto const b = all(other, r);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) ASSERT_EQ(*a[i], *b[i]);
  }
  ASSERT_EQ(*one.history().ever(), *other.history().ever());
}

TEST(history, counts_each_event_in_the_slot_of_its_time) {
  log_of_jobs log;
  memory_job_view view;
  log.create(1, noon + 999'999us);
  seq const fence = log.attempt(1, noon + 1s);
  log.fail(1, fence, noon + 1s + 999'999us, noon + 5s);
  log.add(1, cancelled{std::nullopt, "me", ""}, noon + 59s);
  log.apply_to(view);
  auto const seconds = all(view, resolution::second);
  ASSERT_EQ(seconds.size(), 3u);
  EXPECT_EQ(seconds[0]->start, noon);
  EXPECT_EQ(seconds[0]->count(kind::created), 1u);
  EXPECT_EQ(seconds[1]->start, noon + 1s);
  EXPECT_EQ(seconds[1]->count(kind::attempted), 1u);
  EXPECT_EQ(seconds[1]->count(kind::failed), 1u);
  EXPECT_EQ(seconds[1]->count(kind::retried), 1u);
  EXPECT_EQ(seconds[2]->count(kind::cancelled), 1u);
  EXPECT_EQ(seconds[2]->start, noon + 59s);
  ASSERT_EQ(all(view, resolution::minute).size(), 1u);
  EXPECT_EQ(all(view, resolution::minute)[0]->counts, view.history().ever()->counts);
  EXPECT_EQ(view.history().between(resolution::second, noon + 1s, noon + 59s).size(), 1u);
}

TEST(history, latencies_count_from_when_the_job_could_go_on) {
  log_of_jobs log;
  memory_job_view view;
  log.create(1, noon, noon + 10s);  // could start at its time, not at its creation
  seq const first = log.attempt(1, noon + 10s + 20us);
  log.fail(1, first, noon + 11s, noon + 15s);
  seq const second = log.attempt(1, noon + 15s + 40us, 2);
  log.add(1, succeeded{second, std::nullopt}, noon + 16s);
  log.apply_to(view);
  auto const ever = view.history().ever();
  EXPECT_EQ(ever->of(latency::wait).count(), 2u);
  EXPECT_EQ(ever->of(latency::wait).sum(), 60us);
  EXPECT_EQ(ever->of(latency::run).sum(), (1s - 20us) + (1s - 40us));
  EXPECT_EQ(ever->of(latency::total).sum(), 16s);
  // The next generation counts from its own beginning; what is given back, from then.
  log.add(1, requeued{"me", "", {}, {}, {}}, noon + 100s);
  seq const third = log.attempt(1, noon + 100s + 7us);
  log.add(1, released{third, "shutdown"}, noon + 101s);
  seq const fourth = log.attempt(1, noon + 101s + 3us);
  log.fail(1, fourth, noon + 102s, {});
  log.apply_to(view);
  EXPECT_EQ(view.history().ever()->of(latency::wait).sum(), 70us);
  EXPECT_EQ(view.history().ever()->of(latency::total).sum(), 18s);
}

TEST(history, counts_what_happens_to_the_system_as_other) {
  memory_job_view view;
  encoded_event const e = encode(system_event{queue_resumed{"mail", "me"}});
  ASSERT_TRUE(view.apply(
      std::vector<stored_event>{{seq{1}, system_id, 1, 1, std::string{e.type}, noon, e.data}}));
  EXPECT_EQ(view.history().ever()->count(kind::other), 1u);
}

TEST(history, slots_expire_and_the_sum_of_all_stays) {
  log_of_jobs log;
  memory_job_view view;
  log.create(1, noon);
  log.create(2, noon + 1s);
  log.create(3, noon + std::chrono::seconds{limits::history_seconds});
  log.apply_to(view);
  auto const seconds = all(view, resolution::second);
  ASSERT_EQ(seconds.size(), 2u);
  EXPECT_EQ(seconds[0]->start, noon + 1s);
  log.create(4, noon);  // too late for its second, not for its minute
  log.create(5, noon + std::chrono::hours{limits::history_hours});
  log.apply_to(view);
  EXPECT_EQ(all(view, resolution::second).size(), 1u);
  EXPECT_EQ(all(view, resolution::minute).size(), 1u);
  EXPECT_EQ(all(view, resolution::hour).size(), 2u);
  EXPECT_EQ(view.history().ever()->count(kind::created), 5u);
}

RC_GTEST_PROP(history, minutes_and_hours_are_the_sums_of_their_seconds, ()) {
  log_of_jobs log;
  memory_job_view view;
  int const jobs = *rc::gen::inRange(1, 60);
  for (int i = 1; i <= jobs; ++i) {
    microseconds const at{*rc::gen::inRange<std::int64_t>(0, 1'800'000'000)};
    log.succeed(static_cast<std::uint64_t>(i), noon + at,
                microseconds{*rc::gen::inRange(0, 3'000'000)},
                microseconds{*rc::gen::inRange(0, 3'000'000)});
    if (*rc::gen::inRange(0, 3) == 0) log.apply_to(view);  // however it is cut
  }
  log.apply_to(view);
  for (auto const& minute : all(view, resolution::minute)) {
    auto direct =
        sum(view.history().between(resolution::second, minute->start, minute->start + 60s));
    direct.start = minute->start;
    RC_ASSERT(*minute == direct);
  }
  auto ever = sum(all(view, resolution::hour));
  ever.start = {};
  RC_ASSERT(ever == *view.history().ever());
  RC_ASSERT(ever.count(kind::succeeded) == static_cast<std::uint64_t>(jobs));
}

TEST(history, comes_back_from_the_file_as_it_was_in_memory) {
  temporary_directory directory;
  auto const file = directory.path() / "views.db";
  log_of_jobs to_memory;
  log_of_jobs to_file;
  memory_job_view memory;
  std::uint64_t job = 0;
  for (int round = 0; round < 4; ++round) {
    auto view = std::move(*sqlite_job_view::open(file));
    expect_same(*view, memory);
    for (int i = 0; i < 50; ++i) {
      ++job;
      timestamp const at = noon + round * 1200s + i * 700ms;
      for (log_of_jobs* log : {&to_memory, &to_file})
        log->succeed(job, at, microseconds{job * 37}, microseconds{job * job});
      to_file.apply_to(*view);
    }
    to_memory.apply_to(memory);
    expect_same(*view, memory);
  }
  EXPECT_LT(all(memory, resolution::second).size(), 200u);
}

// What a killed process leaves: whatever was committed, at any point between two writes of slots.
TEST(history, comes_back_when_slots_were_not_written_yet) {
  temporary_directory directory;
  auto const file = directory.path() / "views.db";
  log_of_jobs to_memory;
  log_of_jobs to_file;
  memory_job_view memory;
  auto view = std::move(*sqlite_job_view::open(file));
  for (std::uint64_t job = 1; job <= 450; ++job) {  // all in one second
    for (log_of_jobs* log : {&to_memory, &to_file}) log->succeed(job, noon, 7us, microseconds{job});
    to_memory.apply_to(memory);
    to_file.apply_to(*view);
    if (job % 45 == 0) expect_same(**sqlite_job_view::open(file), memory);
    if (job % 100 == 0) view = std::move(*sqlite_job_view::open(file));
  }
  sqlite_connection db{file, sqlite_connection::mode::read_only};
  EXPECT_NE(db.query("SELECT count(*) FROM history_added"), "0");
  EXPECT_EQ(db.query("SELECT count(*) FROM history"), "4");
}

TEST(history, expired_slots_leave_the_file) {
  temporary_directory directory;
  auto const file = directory.path() / "views.db";
  log_of_jobs log;
  {
    auto view = std::move(*sqlite_job_view::open(file));
    log.create(1, noon);
    log.apply_to(*view);
    log.create(2, noon + std::chrono::hours{limits::history_hours});
    log.apply_to(*view);
  }
  sqlite_connection db{file, sqlite_connection::mode::read_only};
  EXPECT_EQ(db.query("SELECT group_concat(resolution || ':' || created) FROM history"),
            "0:1,1:1,2:1,3:2");
}

}  // namespace
}  // namespace retrylab
