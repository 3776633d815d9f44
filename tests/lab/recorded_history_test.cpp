// A stretch of a log as what attempts are modelled on.

#include "lab/recorded_history.hpp"

#include "events/event_codec.hpp"
#include "lab/lab_compare.hpp"
#include "lab/node_parts.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

class recorded : public testing::Test {
 protected:
  stretch_reader reader{log_stretch{}};
  std::uint64_t last = 0;

  void happen(std::uint64_t job, microseconds at, job_event event) {
    job_record const r{seq{++last}, job_id{job}, 1, 1, beginning + at, std::move(event)};
    EXPECT_EQ(reader.see(encode(r)), std::nullopt);
  }
  void create(std::uint64_t job, microseconds at, char const* type) {
    job_spec spec;
    spec.type = type;
    spec.payload.text = R"({"of":)" + std::to_string(job) + "}";
    happen(job, at, created{spec});
  }
  void attempt(std::uint64_t job, microseconds at, microseconds takes, bool fails) {
    happen(job, at, attempted{1, "w", {}});
    if (fails) {
      happen(job, at + takes, failed{seq{}, 1, failure_cause::error, {"Down", "no"}});
    } else {
      happen(job, at + takes, succeeded{seq{}, {}});
    }
  }
};

TEST_F(recorded, attempts_count_for_the_minute_in_which_they_began) {
  for (std::uint64_t job : {1U, 2U, 3U}) create(job, 0s, "mail");
  create(4, 30s, "post");
  attempt(1, 59s, 4s, true);
  attempt(2, 70s, 2s, false);
  attempt(3, 80s, 4s, true);
  recorded_history const h = reader.finish();
  EXPECT_EQ(h.jobs, 4U);
  ASSERT_EQ(h.groups.size(), 2U) << "their payloads are their own";
  EXPECT_EQ(h.groups[0].arrivals, (std::vector<microseconds>{0s, 0s, 0s}));
  EXPECT_EQ(h.groups[1].arrivals, (std::vector<microseconds>{30s}));
  recorded_type const& mail = h.types.at("mail");
  EXPECT_EQ(mail.at(59s)->failed, 1U);
  EXPECT_EQ(mail.at(60s)->count, 2U);
  EXPECT_EQ(mail.at(60s)->time, 6s);
  EXPECT_EQ(mail.at(1h)->count, 3U) << "no such minute: the whole stretch";
  EXPECT_EQ(h.types.count("post"), 0U);
  EXPECT_EQ(h.running_most, 1U);
}

TEST_F(recorded, a_stretch_is_played_with_its_own_failures) {
  for (std::uint64_t job = 1; job <= 50; ++job) create(job, 1s * job, "mail");
  for (std::uint64_t job = 1; job <= 50; ++job) attempt(job, 1s * job, 100ms, job % 5 == 0);
  scenario const s = as_scenario(reader.finish(), 8);
  std::uint64_t failures = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    stage_run const run = play(s, {.seed = seed});
    EXPECT_EQ(run.end, run_end::idle);
    ASSERT_EQ(run.record.jobs().size(), 50U);
    EXPECT_EQ(run.record.job(job_id{7}).created_at, beginning + 6s) << "the first one came at 0";
    failures += run.record.attempts() - 50;
  }
  // A fifth of 2,000 first attempts fail, and a fifth of these again.
  EXPECT_NEAR(static_cast<double>(failures), 40 * 50 * (0.2 + 0.04), 80);
}

}  // namespace
}  // namespace retrylab
