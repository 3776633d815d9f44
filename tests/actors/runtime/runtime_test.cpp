#include "actors/runtime/batch_thread.hpp"
#include "actors/runtime/bounded_queue.hpp"
#include "actors/runtime/deadlines.hpp"
#include "actors/runtime/read_pool.hpp"
#include "actors/runtime/spawn.hpp"
#include "actors/runtime/virtual_clock.hpp"
#include "events/core/limits.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace retrylab {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr timestamp noon = from_micros(1'767'268'800'000'000);

asio::awaitable<void> collect(bounded_queue<int>& queue, std::vector<int>& out) {
  for (;;) {
    std::optional<int> const item = co_await queue.pop();
    if (!item) break;
    out.push_back(*item);
  }
}

TEST(bounded_queue, a_waiting_consumer_gets_what_is_pushed_in_order) {
  asio::io_context io;
  bounded_queue<int> queue{8};
  std::vector<int> got;
  spawn(io.get_executor(), "collect", collect(queue, got));
  io.poll();
  EXPECT_TRUE(queue.try_push(1));
  EXPECT_TRUE(queue.try_push(2));
  io.poll();
  EXPECT_EQ(got, (std::vector<int>{1, 2}));
  queue.close();
  io.run();
  EXPECT_EQ(live_tasks(), 0u);
}

TEST(bounded_queue, refuses_when_full_and_drains_after_close) {
  asio::io_context io;
  bounded_queue<int> queue{2};
  EXPECT_TRUE(queue.try_push(1));
  EXPECT_TRUE(queue.try_push(2));
  EXPECT_FALSE(queue.try_push(3));
  queue.close();
  EXPECT_FALSE(queue.try_push(4));
  std::vector<int> got;
  spawn(io.get_executor(), "collect", collect(queue, got));
  io.run();
  EXPECT_EQ(got, (std::vector<int>{1, 2}));
}

asio::awaitable<void> throws() {
  throw std::runtime_error{"boom"};
  co_return;
}

TEST(spawn_death, an_exception_that_leaves_a_coroutine_stops_the_process_and_names_it) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        asio::io_context io;
        spawn(io.get_executor(), "the culprit", throws());
        io.run();
      },
      "the culprit.*boom");
}

struct told {
  virtual_clock time{noon};
  deadlines heap{time};
  std::vector<std::uint64_t> keys;
  deadline_kind kind = heap.on([this](std::uint64_t key, std::uint64_t) { keys.push_back(key); });
};

TEST(deadlines, are_told_in_order_of_time_and_then_of_adding) {
  told t;
  t.heap.add(noon + 2s, t.kind, 1);
  t.heap.add(noon + 1s, t.kind, 2);
  t.heap.add(noon + 2s, t.kind, 3);
  t.time.advance_to(noon + 1s);
  EXPECT_EQ(t.keys, std::vector<std::uint64_t>{2});
  t.time.advance_to(noon + 2s);
  EXPECT_EQ(t.keys, (std::vector<std::uint64_t>{2, 1, 3}));
  EXPECT_FALSE(t.time.next_alarm());
}

TEST(deadlines, nothing_is_told_early) {
  told t;
  t.heap.add(noon + 1s, t.kind, 1);
  t.time.advance_to(noon + 1s - 1us);
  EXPECT_TRUE(t.keys.empty());
  EXPECT_EQ(t.time.next_alarm(), noon + 1s);
}

TEST(deadlines, a_handler_may_add_another_one) {
  told t;
  auto const other =
      t.heap.on([&t](std::uint64_t key, std::uint64_t) { t.heap.add(noon, t.kind, key + 1); });
  t.heap.add(noon + 1s, other, 1);
  t.time.advance_to(noon + 1s);
  EXPECT_EQ(t.keys, std::vector<std::uint64_t>{2});
}

TEST(batch_thread, hands_over_what_gathered_while_it_was_busy_as_one_batch) {
  std::latch busy{1};
  std::latch go{1};
  std::vector<std::vector<int>> batches;
  {
    batch_thread<int> thread{10, [&](std::vector<int> batch) {
                               batches.push_back(std::move(batch));
                               if (batches.size() > 1) return;
                               busy.count_down();
                               go.wait();
                             }};
    int first = 1;
    ASSERT_TRUE(thread.push(first));
    busy.wait();
    for (int i = 2; i <= 4; ++i) ASSERT_TRUE(thread.push(i));
    go.count_down();
  }
  EXPECT_EQ(batches, (std::vector<std::vector<int>>{{1}, {2, 3, 4}}));
}

TEST(batch_thread, refuses_when_full_or_stopped) {
  std::latch busy{1};
  std::latch go{1};
  batch_thread<int> thread{2, [&, first = true](std::vector<int> const&) mutable {
                             if (!std::exchange(first, false)) return;
                             busy.count_down();
                             go.wait();
                           }};
  int item = 0;
  ASSERT_TRUE(thread.push(item));
  busy.wait();
  EXPECT_TRUE(thread.push(item));
  EXPECT_TRUE(thread.push(item));
  EXPECT_FALSE(thread.push(item));
  go.count_down();
  thread.stop();
  EXPECT_FALSE(thread.push(item));
}

TEST(read_pool, answers_on_the_io_thread_and_refuses_when_full) {
  asio::io_context io;
  auto const guard = asio::make_work_guard(io);
  std::latch go{1};
  std::latch busy{1};
  thread_read_pool pool{1, [] { return readers{}; }};
  auto const here = std::this_thread::get_id();
  int answered = 0;
  int refused = 0;
  auto const count = [&](std::optional<int> value) {
    EXPECT_EQ(std::this_thread::get_id(), here);
    ++(value ? answered : refused);
  };
  read_with(
      pool, io.get_executor(),
      [&](readers&) {
        busy.count_down();
        go.wait();
        return 1;
      },
      count);
  busy.wait();
  for (std::size_t i = 0; i < limits::read_queue + 5; ++i)
    read_with(pool, io.get_executor(), [](readers&) { return 2; }, count);
  go.count_down();
  while (answered + refused < static_cast<int>(limits::read_queue) + 6) io.run_one();
  EXPECT_EQ(refused, 5);
}

}  // namespace
}  // namespace retrylab
