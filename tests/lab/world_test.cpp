// The whole server in virtual time. A failing seed prints itself; RETRYLAB_LAB_SEED=N runs it
// alone.

#include "lab/world.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <set>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

job_spec job(std::string payload, attempt_number max_attempts = 3) {
  job_spec s;
  s.type = "mail";
  s.payload.text = std::move(payload);
  s.max_attempts = max_attempts;
  return s;
}

void expect_sound(world& w) {
  w.check();
  for (std::string const& v : w.violations()) ADD_FAILURE() << v;
}

TEST(world, a_job_that_fails_25_times_reaches_the_dead_letters_in_virtual_time) {
  world w{1};
  timestamp const start = w.now();
  auto const began = std::chrono::steady_clock::now();
  w.create(job(R"({"force":"fail","duration_ms":0})", 25));
  ASSERT_TRUE(w.run_until_idle());
  auto const took =
      std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - began);
  job_state const& s = w.jobs().at(job_id{1});
  EXPECT_EQ(s.status, job_status::failed);
  EXPECT_EQ(s.attempts, 25u);
  EXPECT_GT(w.now() - start, 17min);
  std::cout << "25 attempts over "
            << std::chrono::duration_cast<std::chrono::seconds>(w.now() - start).count()
            << " s of virtual time took " << took.count() << " us\n";
  RecordProperty("real_microseconds", std::to_string(took.count()));
  expect_sound(w);
}

TEST(world, the_controls_do_what_they_say) {
  world w{1};
  w.create(job(R"({"force":"success"})"));
  w.create(job(R"({"fail_times":2})", 5));
  w.create(job(R"({"force":"fail"})", 2));
  w.create(job(R"({"sequence":["fail","timeout","crash","success"]})", 5));
  ASSERT_TRUE(w.run_until_idle());
  EXPECT_EQ(w.jobs().at(job_id{1}).attempts, 0u);
  EXPECT_EQ(w.jobs().at(job_id{2}).attempts, 2u);
  EXPECT_EQ(w.jobs().at(job_id{2}).status, job_status::succeeded);
  EXPECT_EQ(w.jobs().at(job_id{3}).attempts, 2u);
  EXPECT_EQ(w.jobs().at(job_id{3}).status, job_status::failed);
  EXPECT_EQ(w.jobs().at(job_id{4}).attempts, 3u);
  EXPECT_EQ(w.jobs().at(job_id{4}).status, job_status::succeeded);
  expect_sound(w);
}

TEST(world, a_hanging_attempt_fails_at_its_timeout) {
  world w{1};
  job_spec s = job(R"({"sequence":["timeout","success"],"duration_ms":10})");
  s.timeout = 2s;
  w.create(s);
  ASSERT_TRUE(w.run_until_idle());
  EXPECT_EQ(w.jobs().at(job_id{1}).status, job_status::succeeded);
  EXPECT_NE(w.trace().find(R"("cause":"timeout")"), std::string::npos);
  expect_sound(w);
}

TEST(world, a_job_that_takes_no_time_is_one_commit) {
  world w{1};
  w.after(1s, [&w] { w.create(job(R"({"fail_times":1,"duration_ms":0})")); });  // once it runs
  ASSERT_TRUE(w.run_until_idle());
  job_state const& s = w.jobs().at(job_id{1});
  EXPECT_EQ(s.status, job_status::succeeded);
  EXPECT_EQ(s.first_failed_at, s.created_at);
  EXPECT_EQ(s.started_at, s.finished_at);
  expect_sound(w);
}

// Short ones do not overtake the others on their way to the log, and need no slot of their own.
TEST(world, jobs_start_in_the_order_in_which_they_came_and_in_no_more_slots_than_there_are) {
  world w{1};
  std::size_t const slots = dispatcher_options{}.concurrency;
  w.after(1s, [&] {
    for (std::size_t i = 0; i < 3 * slots; ++i) {
      bool const is_short = i % 3 == 0;
      w.create(job(is_short ? R"({"force":"success","duration_ms":0})"
                            : R"({"force":"success","duration_ms":100})"));
    }
  });
  ASSERT_TRUE(w.run_until_idle());
  timestamp newest{};
  for (auto const& [id, s] : w.jobs()) {
    EXPECT_LE(newest, *s.started_at) << "job " << id.value << " overtook";
    newest = *s.started_at;
    auto const at_that_time =
        std::count_if(w.jobs().begin(), w.jobs().end(), [&](auto const& other) {
          return other.second.started_at <= s.started_at && s.started_at < other.second.finished_at;
        });
    EXPECT_LE(static_cast<std::size_t>(at_that_time), slots);
  }
  expect_sound(w);
}

TEST(world, batches_expire) {
  world w{1};
  batches& book = w.core().batch_book();
  raw_json const callback{R"({"type":"done"})"};
  auto const ignore = [](batch_answer const&) {};
  std::string const forgotten = book.next_id();
  std::string const stuck = book.next_id();
  for (std::string const& id : {forgotten, stuck})
    book.open({id, "", "", callback, std::nullopt}, ignore);
  w.run_for(1min);
  book.commit(stuck, ignore);
  job_spec waits = job(R"({"force":"success"})");
  waits.batch = stuck;
  waits.run_at = w.now() + std::chrono::days{30};
  w.create(waits);
  w.run_for(28min);
  EXPECT_EQ(book.find(forgotten)->end, std::nullopt);
  w.run_for(2min);
  EXPECT_EQ(book.find(forgotten)->end, batch_end::expired);
  EXPECT_EQ(book.find(stuck)->end, std::nullopt);
  w.run_for(std::chrono::days{7} - 32min);
  EXPECT_EQ(book.find(stuck)->end, std::nullopt);
  w.run_for(2min);
  EXPECT_EQ(book.find(stuck)->end, batch_end::expired);
  ASSERT_TRUE(w.run_until_idle());
  EXPECT_EQ(w.jobs().size(), 1U) << "no callback";
  EXPECT_EQ(w.jobs().at(job_id{1}).status, job_status::succeeded) << "its jobs go on";
  expect_sound(w);
}

std::string payload_for(random_stream& r) {
  switch (r.between(0, 6)) {
    case 0:
      return R"({"force":"success","duration_ms":0})";
    case 1:
      return R"({"force":"fail","duration_ms":20})";
    case 2:
      return R"({"fail_times":2,"duration_ms":3})";
    case 3:
      return R"({"sequence":["crash","timeout","fail","success"],"duration_ms":50})";
    case 4:
      return R"({"success_rate":0.5,"seed":7,"duration_ms":0})";
    case 5:
      return R"({"success_rate":0.5,"duration_ms":400})";
    default:
      return R"({"order":12345678901234567890123,"z":1,"a":2})";
  }
}

job_spec spec_for(random_stream& r, timestamp now) {
  job_spec s = job(payload_for(r), static_cast<attempt_number>(r.between(1, 6)));
  s.type = r.one_in(2) ? "mail" : "report";
  s.queue = r.one_in(3) ? "slow" : "default";
  s.priority = static_cast<unsigned>(r.between(0, 9));
  s.retry.kind = static_cast<retry_kind>(r.between(0, 2));
  s.retry.base = milliseconds{r.between(0, 800)};
  if (r.one_in(4)) s.timeout = milliseconds{r.between(1, 300)};
  if (r.one_in(4)) s.run_at = now + milliseconds{r.between(0, 20'000)};
  if (r.one_in(6)) s.retry.max_age = milliseconds{r.between(1, 3000)};
  return s;
}

job_command command_for(random_stream& r) {
  switch (r.between(0, 4)) {
    case 0:
      return cancel_job{"chaos", "because"};
    case 1:
      return retry_job{"chaos", "again"};
    case 2:
      return discard_job{"chaos", "junk"};
    case 3:
      return dead_letter_job{"chaos"};
    default:
      return retry_job{"chaos", "edited", raw_json{R"({"force":"success"})"}, 2, retry_policy{}};
  }
}

// Jobs and operators' commands at random instants over about 20 virtual seconds.
void plan_mixed_work(world& w, std::size_t jobs) {
  random_stream& r = w.workload();
  for (std::size_t i = 0; i < jobs; ++i) {
    microseconds const when{r.between(0, 20'000'000)};
    w.after(when, [&w, &r] { w.create(spec_for(r, w.now())); });
  }
  for (std::size_t i = 0; i < jobs; ++i) {
    microseconds const when{r.between(0, 25'000'000)};
    w.after(when, [&w, &r, jobs] {
      job_id const target{r.between(1, jobs)};
      w.command(target, command_for(r));
    });
  }
}

// Faults while the work arrives, then a healed system that must come to rest with every job ended.
void run_mixed(world& w, std::size_t jobs) {
  plan_mixed_work(w, jobs);
  w.after(30s, [&w] { w.heal(); });
  ASSERT_TRUE(w.run_until_idle()) << "it never came to rest";
  for (auto const& [id, s] : w.jobs())
    EXPECT_TRUE(is_ended(s.status)) << "job " << id.value << " is stuck as " << to_string(s.status);
  expect_sound(w);
}

std::vector<std::uint64_t> seeds(std::uint64_t count) {
  if (char const* one = std::getenv("RETRYLAB_LAB_SEED")) return {std::strtoull(one, nullptr, 10)};
  std::vector<std::uint64_t> all;
  for (std::uint64_t s = 1; s <= count; ++s) all.push_back(s);
  return all;
}

constexpr world_faults everything{.crash_one_in = 60, .disk_full_one_in = 40};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t mixed_seeds = 60;  // a sanitizer makes each one some ten times as slow
#else
constexpr std::uint64_t mixed_seeds = 500;
#endif

TEST(world, no_acknowledged_job_is_lost_and_every_invariant_holds_over_many_seeds_with_crashes) {
  std::size_t crashes = 0;
  std::size_t jobs = 0;
  for (std::uint64_t seed : seeds(mixed_seeds)) {
    SCOPED_TRACE("RETRYLAB_LAB_SEED=" + std::to_string(seed));
    world w{seed, everything};
    run_mixed(w, 40);
    crashes += w.crashes();
    jobs += w.acknowledged().size();
    if (testing::Test::HasFailure()) break;
  }
  std::cout << jobs << " jobs acknowledged, " << crashes << " crashes\n";
  EXPECT_GT(crashes, 0u);
}

TEST(world, the_same_seed_gives_the_same_trace_byte_for_byte) {
  std::set<std::string> different;
  for (std::uint64_t seed : seeds(25)) {
    world first{seed, everything};
    world second{seed, everything};
    run_mixed(first, 40);
    run_mixed(second, 40);
    EXPECT_GT(first.trace().size(), 1000u);
    EXPECT_EQ(first.trace(), second.trace()) << "RETRYLAB_LAB_SEED=" << seed;
    different.insert(first.trace());
  }
  EXPECT_EQ(different.size(), seeds(25).size());
}

TEST(world, retention_loses_nothing_and_doubles_nothing_over_many_seeds_with_crashes) {
  std::map<job_status, microseconds> const keep{{job_status::succeeded, 2s},
                                                {job_status::failed, 9s},
                                                {job_status::cancelled, 1s},
                                                {job_status::discarded, 3s}};
  std::size_t crashes = 0;
  std::size_t gone = 0;
  for (std::uint64_t seed : seeds(mixed_seeds / 4)) {
    SCOPED_TRACE("RETRYLAB_LAB_SEED=" + std::to_string(seed));
    world w{seed, everything, keep};
    plan_mixed_work(w, 40);
    w.after(40s, [&w] { w.heal(); });
    w.run_for(10min);
    expect_sound(w);
    job_id const newest = *w.acknowledged().rbegin();
    for (auto const& [id, s] : w.jobs())
      EXPECT_GE(id, newest) << "job " << id.value << " stays as " << to_string(s.status);
    crashes += w.crashes();
    gone += w.purged_jobs().size();
    if (testing::Test::HasFailure()) break;
  }
  std::cout << gone << " jobs purged, " << crashes << " crashes\n";
}

}  // namespace
}  // namespace retrylab
