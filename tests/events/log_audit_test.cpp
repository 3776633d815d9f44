// What the audit makes of a log that began as a copy: seqs may be missing before its Forked, as
// many as that says, and nowhere else.

#include "events/log_audit.hpp"

#include "events/event_codec.hpp"
#include "events/store/memory_event_store.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

class audit_of_a_fork : public testing::Test {
 protected:
  void add(std::uint64_t at, system_event const& event) {
    encoded_event encoded = encode(event);
    append_batch one;
    one.events.push_back(
        {seq{at}, system_id, ++version_, 1, std::string{encoded.type}, {}, encoded.data});
    one.placed = true;
    std::vector<append_batch> group{std::move(one)};
    ASSERT_TRUE(std::holds_alternative<appended>(log_.append(group)->front()));
  }
  void fork(std::uint64_t at, std::uint64_t left_out) {
    add(at, forked{seq{1}, seq{at - 1}, left_out, "ab12", seq{at}, false});
  }
  std::vector<std::string> violations() {
    log_audit audit;
    auto const links = *log_.read_chain({}, 100);
    auto link = links.begin();
    for (stored_event const& e : *log_.read_all({}, 100)) {
      audit.see(e);
      if (link != links.end() && link->last == e.seq) audit.see(*link++);
    }
    audit.finish();
    return audit.violations();
  }

  memory_event_store log_;
  stream_version version_ = 0;
};

TEST_F(audit_of_a_fork, gaps_before_it_are_those_it_tells_of) {
  add(1, server_started{"0.1.0", 1, 0});
  add(7, queue_resumed{"q", "me"});
  fork(8, 5);
  add(9, queue_resumed{"q", "me"});
  EXPECT_EQ(violations(), std::vector<std::string>{});
}

TEST_F(audit_of_a_fork, another_number_of_them_is_damage) {
  add(1, server_started{"0.1.0", 1, 0});
  add(7, queue_resumed{"q", "me"});
  fork(8, 4);
  EXPECT_EQ(violations(), std::vector<std::string>{
                              "event 8: says that 4 events were left out, but 5 are missing (L1)"});
}

TEST_F(audit_of_a_fork, a_gap_behind_it_is_damage) {
  add(1, server_started{"0.1.0", 1, 0});
  fork(2, 0);
  add(5, queue_resumed{"q", "me"});
  EXPECT_EQ(violations(), std::vector<std::string>{"event 5: follows event 2 (L1)"});
}

TEST_F(audit_of_a_fork, of_a_fork_of_a_fork_the_newest_counts_all) {
  add(3, server_started{"0.1.0", 1, 0});
  fork(9, 2);
  fork(12, 9);
  EXPECT_EQ(violations(), std::vector<std::string>{});
}

TEST_F(audit_of_a_fork, without_one_each_gap_is_damage) {
  add(1, server_started{"0.1.0", 1, 0});
  add(7, queue_resumed{"q", "me"});
  EXPECT_EQ(violations(), std::vector<std::string>{"event 7: follows event 1 (L1)"});
}

}  // namespace
}  // namespace retrylab
