// What a view keeps of the jobs that it saved last, and what leaves when there is no room.

#include "events/views/state_cache.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

job_state job(std::uint64_t id, job_status status = job_status::queued) {
  job_state state;
  state.id = job_id{id};
  state.version = 1;
  state.status = status;
  return state;
}

std::size_t size_of_one() {
  state_cache cache{1'000'000};
  cache.put(job(1));
  return cache.bytes();
}

TEST(state_cache, gives_a_state_once) {
  state_cache cache{1'000'000};
  cache.put(job(1, job_status::running));
  auto const taken = cache.take(job_id{1});
  ASSERT_TRUE(taken);
  EXPECT_EQ(*taken, job(1, job_status::running));
  EXPECT_FALSE(cache.take(job_id{1}));
  EXPECT_EQ(cache.bytes(), 0);
}

TEST(state_cache, lets_the_one_go_that_was_unused_for_longest) {
  state_cache cache{2 * size_of_one()};
  for (std::uint64_t id : {1, 2, 3}) cache.put(job(id));
  EXPECT_FALSE(cache.take(job_id{1}));
  EXPECT_TRUE(cache.take(job_id{2}));
  EXPECT_TRUE(cache.take(job_id{3}));
}

TEST(state_cache, keeps_the_head_of_a_backlog_that_does_not_fit) {
  state_cache cache{2 * size_of_one()};
  for (std::uint64_t id : {1, 2, 3}) cache.put_if_room(job(id));
  EXPECT_TRUE(cache.take(job_id{1}));
  EXPECT_FALSE(cache.take(job_id{3}));
  cache.put_if_room(job(4));
  EXPECT_TRUE(cache.take(job_id{4}));
}

TEST(state_cache, keeps_nothing_of_a_job_that_has_ended) {
  state_cache cache{1'000'000};
  cache.put(job(1, job_status::succeeded));
  cache.put_if_room(job(2, job_status::cancelled));
  EXPECT_EQ(cache.bytes(), 0);
}

}  // namespace
}  // namespace retrylab
