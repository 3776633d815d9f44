// The log of a stage keeps less than it was given, but nothing that a job's state needs.

#include "lab/stage_store.hpp"

#include "actors/load_job.hpp"
#include "events/event_codec.hpp"
#include "events/store/memory_event_store.hpp"
#include "lab/node_parts.hpp"
#include "lab/random.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

// One batch of one job, given to both.
class both_stores {
 public:
  void append(std::vector<job_event> events) {
    append_batch batch;
    for (job_event& e : events)
      batch.events.push_back(
          encode(job_record{seq{}, job_id{1}, ++version_, 1, now_ += 1s, std::move(e)}));
    append_batch copy = batch;
    ASSERT_TRUE(std::holds_alternative<appended>(lean.append({&batch, 1})->at(0)));
    ASSERT_TRUE(std::holds_alternative<appended>(full.append({&copy, 1})->at(0)));
    fence = batch.events.front().seq;
    ASSERT_EQ(*load_job(lean, job_id{1}), *load_job(full, job_id{1}));
  }
  stage_store lean;
  memory_event_store full;
  seq fence{};

 private:
  stream_version version_ = 0;
  timestamp now_ = beginning;
};

TEST(stage_store, a_stream_folds_to_the_state_of_the_whole_one) {
  random_stream chance{1, 1};
  for (int round = 0; round < 50; ++round) {
    both_stores log;
    job_spec spec;
    spec.type = "mail";
    log.append({created{spec}});
    for (attempt_number n = 1; n <= 20; ++n) {
      std::optional<milliseconds> lease;
      if (chance.one_in(2)) lease = 30s;
      log.append({attempted{n, chance.one_in(2) ? "a" : "b", lease}});
      if (chance.one_in(4)) log.append({progressed{5U, {}}});
      job_error const error{"T" + std::to_string(chance.between(0, 2)), "m"};
      auto const cause = chance.one_in(3) ? failure_cause::worker_lost : failure_cause::error;
      if (chance.one_in(5)) {
        log.append({released{log.fence, "why not"}});
      } else {
        log.append({failed{log.fence, n, cause, error}, retry_scheduled{beginning + 1h, 1h, "r"}});
      }
    }
  }
}

TEST(stage_store, an_ended_job_is_forgotten_and_a_conflict_is_told) {
  both_stores log;
  log.append({created{job_spec{}}});
  log.append({attempted{1, "w", {}}});
  EXPECT_EQ(log.lean.streams(), 1U);
  append_batch twin;
  twin.events.push_back(
      encode(job_record{seq{}, job_id{1}, 2, 1, beginning, attempted{1, "w", {}}}));
  EXPECT_TRUE(std::holds_alternative<version_conflict>(log.lean.append({&twin, 1})->at(0)));
  append_batch last;
  last.events.push_back(
      encode(job_record{seq{}, job_id{1}, 3, 1, beginning, succeeded{log.fence, {}}}));
  EXPECT_TRUE(std::holds_alternative<appended>(log.lean.append({&last, 1})->at(0)));
  EXPECT_EQ(log.lean.streams(), 0U);
  EXPECT_FALSE(load_job(log.lean, job_id{1})->exists());
}

}  // namespace
}  // namespace retrylab
