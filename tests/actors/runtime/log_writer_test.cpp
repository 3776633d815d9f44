#include "actors/runtime/log_writer.hpp"

#include "events/store/memory_event_store.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <latch>

namespace retrylab {
namespace {

append_batch batch(std::uint64_t job, stream_version version = 1) {
  append_batch b;
  b.events.push_back(
      {{}, job_id{job}, version, 1, "Discarded", from_micros(1), R"({"by":"t","reason":""})"});
  return b;
}

// A store that fails when told to, and counts its transactions.
class failing_store final : public event_store {
 public:
  events_or_failure read_stream(job_id job, stream_version after, std::size_t limit) override {
    return inner_.read_stream(job, after, limit);
  }
  result<std::vector<std::vector<stored_event>>, store_failure> read_streams(
      std::span<job_id const> jobs) override {
    return inner_.read_streams(jobs);
  }
  events_or_failure read_all(seq after, std::size_t limit) override {
    return inner_.read_all(after, limit);
  }
  result<std::vector<chain_link>, store_failure> read_chain(seq after, std::size_t limit) override {
    return inner_.read_chain(after, limit);
  }
  result<std::optional<std::string>, store_failure> find_purged(job_id job) override {
    return inner_.find_purged(job);
  }
  result<log_head, store_failure> head() override { return inner_.head(); }
  std::uint64_t epoch() const override { return 1; }
  result<std::vector<append_outcome>, store_failure> append(
      std::span<append_batch> group) override {
    ++transactions;
    if (first_started) first_started->count_down();
    if (hold_first) std::exchange(hold_first, nullptr)->wait();
    first_started = nullptr;
    if (fail_with) return store_failure{*fail_with, "as told"};
    return inner_.append(group);
  }

  std::optional<store_failure::kind> fail_with;
  std::latch* hold_first = nullptr;
  std::latch* first_started = nullptr;
  int transactions = 0;

 private:
  memory_event_store inner_;
};

TEST(log_writer, commits_what_gathered_in_one_transaction_and_answers_each_on_the_io_thread) {
  boost::asio::io_context io;
  auto guard = boost::asio::make_work_guard(io);
  std::latch go{1};
  std::latch started{1};
  failing_store store;
  store.hold_first = &go;
  store.first_started = &started;
  std::vector<std::uint64_t> published;
  std::vector<std::uint64_t> answered;
  {
    log_writer writer{io.get_executor(), store,
                      [&](std::vector<stored_event> const& events) {
                        for (stored_event const& e : events) published.push_back(e.seq.value);
                      },
                      [](std::string const&) { FAIL(); }};
    auto const append = [&](std::uint64_t job) {
      writer.append(batch(job), [&](append_reply reply) {
        answered.push_back(std::get<appended>(reply).first.value);
      });
    };
    append(1);
    started.wait();
    for (std::uint64_t job = 2; job <= 10; ++job) append(job);
    EXPECT_TRUE(answered.empty());
    go.count_down();
    writer.stop();
  }
  EXPECT_EQ(store.transactions, 2);
  EXPECT_EQ(published.size(), 10u);
  EXPECT_TRUE(answered.empty()) << "answered outside the io thread";
  guard.reset();
  io.run();
  EXPECT_EQ(answered, published);
}

TEST(group_committer, a_conflict_and_a_taken_key_reach_only_their_askers) {
  memory_event_store store;
  std::size_t published = 0;
  group_committer committer{
      store, [&](std::vector<stored_event> const& events) { published += events.size(); },
      [](std::string const&) {}};
  std::vector<append_batch> group;
  group.push_back(batch(1));
  group.push_back(batch(1));
  group.push_back(batch(2));
  auto const replies = committer.commit(std::move(group));
  EXPECT_TRUE(std::holds_alternative<appended>(replies[0]));
  EXPECT_TRUE(std::holds_alternative<version_conflict>(replies[1]));
  EXPECT_TRUE(std::holds_alternative<appended>(replies[2]));
  EXPECT_EQ(published, 2u);
}

TEST(group_committer, goes_on_when_the_disk_has_space_again) {
  failing_store store;
  group_committer committer{store, [](std::vector<stored_event> const&) {},
                            [](std::string const&) { FAIL(); }};
  store.fail_with = store_failure::kind::disk_full;
  std::vector<append_batch> group(1, batch(1));
  EXPECT_EQ(std::get<log_refusal>(committer.commit(group)[0]), log_refusal::disk_full);
  store.fail_with.reset();
  EXPECT_TRUE(std::holds_alternative<appended>(committer.commit(group)[0]));
}

TEST(group_committer, acknowledges_nothing_after_a_commit_that_failed) {
  failing_store store;
  std::string poison;
  group_committer committer{store, [](std::vector<stored_event> const&) { FAIL(); },
                            [&](std::string const& why) { poison = why; }};
  store.fail_with = store_failure::kind::broken;
  std::vector<append_batch> group(1, batch(1));
  EXPECT_EQ(std::get<log_refusal>(committer.commit(group)[0]), log_refusal::poisoned);
  EXPECT_EQ(poison, "as told");
  store.fail_with.reset();
  EXPECT_EQ(std::get<log_refusal>(committer.commit(group)[0]), log_refusal::poisoned);
  EXPECT_EQ(store.transactions, 1);
}

}  // namespace
}  // namespace retrylab
