// The contract of the log's port, run on every implementation. memory_event_store is the reference.

#include "events/event_codec.hpp"
#include "events/log_audit.hpp"
#include "events/store/memory_event_store.hpp"
#include "events/store/sqlite_event_store.hpp"
#include "temporary_directory.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

using std::get;
using std::holds_alternative;

class memory_fixture {
 public:
  event_store& store() { return store_; }
  void reopen() { store_.reopen(); }

 private:
  memory_event_store store_;
};

class sqlite_fixture {
 public:
  event_store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = open();
  }

 private:
  std::unique_ptr<sqlite_event_store> open() {
    auto opened = sqlite_event_store::open(directory_.path() / "log.db");
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return std::move(*opened);
  }
  temporary_directory directory_;
  std::unique_ptr<sqlite_event_store> store_ = open();
};

template <class Fixture>
class event_store_conformance : public testing::Test {
 protected:
  // Events of one job from `version` on; `at` is their number in the whole test.
  append_batch batch(std::uint64_t job, stream_version version, std::size_t count = 1) {
    append_batch b;
    for (std::size_t i = 0; i < count; ++i) {
      b.events.push_back({{},
                          job_id{job},
                          static_cast<stream_version>(version + i),
                          1,
                          "Discarded",
                          from_micros(++time_),
                          R"({"by":"t","reason":""})"});
    }
    return b;
  }
  append_batch claiming(std::uint64_t job, std::string key, std::string_view body) {
    append_batch b = batch(job, 1);
    b.claim = key_claim{std::move(key), sha256(body)};
    return b;
  }
  append_batch purging(std::vector<stream_purge::stream> streams) {
    append_batch b = batch(0, 1);
    b.events[0].type = "Purged";
    b.purge = stream_purge{std::move(streams), "a-segment"};
    return b;
  }
  std::vector<append_outcome> append(std::vector<append_batch> group) {
    auto outcomes = fixture.store().append(group);
    EXPECT_TRUE(outcomes) << (outcomes ? "" : outcomes.error().message);
    return *outcomes;
  }
  append_outcome append_one(append_batch b) { return append({std::move(b)}).front(); }
  std::vector<stored_event> all() { return *fixture.store().read_all({}, 10'000); }

  Fixture fixture;
  std::int64_t time_ = 1'000'000;
};

using implementations = testing::Types<memory_fixture, sqlite_fixture>;
TYPED_TEST_SUITE(event_store_conformance, implementations);

TYPED_TEST(event_store_conformance, a_new_log_is_empty) {
  EXPECT_TRUE(this->all().empty());
  EXPECT_EQ(this->fixture.store().head()->last, seq{});
  EXPECT_EQ(this->fixture.store().epoch(), 1u);
}

TYPED_TEST(event_store_conformance, seqs_count_from_one_in_the_order_of_the_group) {
  auto const outcomes = this->append({this->batch(1, 1, 2), this->batch(2, 1), this->batch(0, 1)});
  EXPECT_EQ(get<appended>(outcomes[0]).first, seq{1});
  EXPECT_EQ(get<appended>(outcomes[1]).first, seq{3});
  EXPECT_EQ(get<appended>(outcomes[2]).first, seq{4});
  auto const events = this->all();
  ASSERT_EQ(events.size(), 4u);
  for (std::size_t i = 0; i < events.size(); ++i) EXPECT_EQ(events[i].seq, seq{i + 1});
  EXPECT_EQ(events[1].version, 2u);
}

TYPED_TEST(event_store_conformance, a_batch_may_begin_many_streams_or_none_of_them) {
  auto const many = [&](std::uint64_t first, std::string key) {
    append_batch b = this->claiming(first, std::move(key), "body");
    for (std::uint64_t job : {first + 1, first + 2})
      b.events.push_back(this->batch(job, 1).events.front());
    return b;
  };
  EXPECT_EQ(get<appended>(this->append_one(many(11, "k"))).first, seq{1});
  EXPECT_EQ(get<key_taken>(this->append_one(many(14, "k"))).job, job_id{11});
  EXPECT_EQ(this->all().size(), 3u);
  EXPECT_EQ(this->fixture.store().head()->last_job, job_id{13});
  EXPECT_EQ(this->fixture.store().read_stream(job_id{12}, 0, 10)->front().seq, seq{2});
}

// Its fence is a seq, so only the store can give it.
TYPED_TEST(event_store_conformance, an_attempt_that_ends_in_its_own_batch_gets_its_fence) {
  this->append_one(this->batch(1, 1));
  append_batch b;
  b.events.push_back(encode(job_record{{}, job_id{2}, 1, 1, from_micros(9'000'000), created{}}));
  b.events.push_back(encode(
      job_record{{}, job_id{2}, 2, 1, from_micros(9'000'000), attempted{1, "w", std::nullopt}}));
  b.events.push_back(
      encode(job_record{{}, job_id{2}, 3, 1, from_micros(9'000'000), succeeded{{}, {}}}));
  b.events.back().attempt_began = 1;
  ASSERT_TRUE(holds_alternative<appended>(this->append_one(b)));
  auto const row = this->all().back();
  EXPECT_EQ(row.data, R"({"fence":3,"result":null})");
  job_event const expected = succeeded{seq{3}, std::nullopt};
  EXPECT_EQ(decode(row)->event, expected);
  EXPECT_EQ(*decode_job_event(row.type, row.data), expected);
  auto const link = this->fixture.store().read_chain(seq{1}, 1)->front();
  chain_hasher hasher;
  std::vector<sha256_digest> digests;
  for (stored_event const& e : *this->fixture.store().read_all(seq{1}, 10))
    digests.push_back(hasher.digest(e));
  auto const before = this->fixture.store().read_chain({}, 1)->front().chain;
  EXPECT_EQ(hasher.link(before, digests), link.chain);
}

TYPED_TEST(event_store_conformance, what_was_written_is_what_is_read) {
  append_batch b = this->batch(7, 1);
  b.events[0].data = "{\"text\":\"Grüße \\u0000\",\"n\":12345678901234567890123}";
  b.events[0].generation = 3;
  stored_event expected = b.events[0];
  expected.seq = seq{1};
  this->append_one(b);
  EXPECT_EQ(this->all().front(), expected);
  EXPECT_EQ(this->fixture.store().read_stream(job_id{7}, 0, 10)->front(), expected);
}

TYPED_TEST(event_store_conformance, a_stream_is_read_above_a_version_up_to_a_limit) {
  this->append({this->batch(1, 1, 5), this->batch(2, 1, 2), this->batch(1, 6, 2)});
  auto const some = *this->fixture.store().read_stream(job_id{1}, 2, 3);
  ASSERT_EQ(some.size(), 3u);
  EXPECT_EQ(some[0].version, 3u);
  EXPECT_EQ(some[2].version, 5u);
  EXPECT_EQ(this->fixture.store().read_stream(job_id{1}, 5, 10)->size(), 2u);
  EXPECT_TRUE(this->fixture.store().read_stream(job_id{3}, 0, 10)->empty());
}

TYPED_TEST(event_store_conformance, the_log_is_read_above_a_seq_up_to_a_limit) {
  this->append({this->batch(1, 1, 5)});
  auto const some = *this->fixture.store().read_all(seq{2}, 2);
  ASSERT_EQ(some.size(), 2u);
  EXPECT_EQ(some[0].seq, seq{3});
  EXPECT_TRUE(this->fixture.store().read_all(seq{5}, 10)->empty());
}

TYPED_TEST(event_store_conformance, a_version_is_taken_once) {
  this->append_one(this->batch(1, 1));
  EXPECT_TRUE(holds_alternative<version_conflict>(this->append_one(this->batch(1, 1))));
  EXPECT_EQ(this->all().size(), 1u);
}

TYPED_TEST(event_store_conformance, a_version_that_leaves_a_gap_is_a_conflict) {
  this->append_one(this->batch(1, 1));
  EXPECT_TRUE(holds_alternative<version_conflict>(this->append_one(this->batch(1, 3))));
  EXPECT_TRUE(holds_alternative<version_conflict>(this->append_one(this->batch(2, 2))));
  EXPECT_EQ(this->all().size(), 1u);
}

TYPED_TEST(event_store_conformance, a_conflict_concerns_its_batch_alone) {
  auto const outcomes =
      this->append({this->batch(1, 1, 2), this->batch(1, 2, 2), this->batch(1, 3)});
  EXPECT_TRUE(holds_alternative<appended>(outcomes[0]));
  EXPECT_TRUE(holds_alternative<version_conflict>(outcomes[1]));
  EXPECT_EQ(get<appended>(outcomes[2]).first, seq{3});
  EXPECT_EQ(this->all().size(), 3u);
}

TYPED_TEST(event_store_conformance, placed_events_keep_their_seqs_and_the_log_goes_on_behind_them) {
  auto placed = this->batch(1, 1, 2);
  placed.placed = true;
  placed.events[0].seq = seq{40};
  placed.events[1].seq = seq{47};
  EXPECT_EQ(get<appended>(this->append_one(placed)).first, seq{40});
  EXPECT_EQ(get<appended>(this->append_one(this->batch(2, 1))).first, seq{48});
  std::vector<std::uint64_t> seqs;
  for (stored_event const& e : this->all()) seqs.push_back(e.seq.value);
  EXPECT_EQ(seqs, (std::vector<std::uint64_t>{40, 47, 48}));
  EXPECT_EQ(this->fixture.store().head()->last, seq{48});
  auto gap = this->batch(1, 9);
  gap.placed = true;
  gap.events[0].seq = seq{60};
  EXPECT_TRUE(holds_alternative<version_conflict>(this->append_one(gap)));
}

TYPED_TEST(event_store_conformance, a_group_of_conflicts_leaves_no_trace) {
  this->append_one(this->batch(1, 1));
  log_head const before = *this->fixture.store().head();
  this->append({this->batch(1, 1), this->batch(2, 5)});
  EXPECT_EQ(this->fixture.store().head()->chain, before.chain);
  EXPECT_EQ(this->fixture.store().read_chain({}, 10)->size(), 1u);
}

TYPED_TEST(event_store_conformance, a_key_belongs_to_the_first_job_that_claims_it) {
  EXPECT_TRUE(holds_alternative<appended>(this->append_one(this->claiming(1, "k", "body"))));
  auto const same = get<key_taken>(this->append_one(this->claiming(2, "k", "body")));
  EXPECT_EQ(same.job, job_id{1});
  EXPECT_TRUE(same.same_body);
  EXPECT_FALSE(get<key_taken>(this->append_one(this->claiming(3, "k", "other"))).same_body);
  EXPECT_EQ(this->all().size(), 1u);
}

TYPED_TEST(event_store_conformance, two_claims_of_one_key_in_one_group_have_one_winner) {
  auto const outcomes = this->append({this->claiming(1, "k", "a"), this->claiming(2, "k", "a")});
  EXPECT_TRUE(holds_alternative<appended>(outcomes[0]));
  EXPECT_EQ(get<key_taken>(outcomes[1]).job, job_id{1});
}

TYPED_TEST(event_store_conformance, a_key_of_a_batch_with_a_conflict_stays_free) {
  this->append_one(this->batch(1, 1));
  EXPECT_TRUE(holds_alternative<version_conflict>(this->append_one(this->claiming(1, "k", "a"))));
  EXPECT_TRUE(holds_alternative<appended>(this->append_one(this->claiming(2, "k", "a"))));
}

TYPED_TEST(event_store_conformance, the_head_says_where_the_log_ends) {
  this->append({this->batch(0, 1, 2), this->batch(9, 1), this->batch(4, 1)});
  log_head const head = *this->fixture.store().head();
  EXPECT_EQ(head.last, seq{4});
  EXPECT_EQ(head.last_job, job_id{9});
  EXPECT_EQ(head.system_version, 2u);
  EXPECT_EQ(head.at, from_micros(this->time_));
  EXPECT_EQ(head.epoch, 1u);
}

TYPED_TEST(event_store_conformance, the_log_survives_reopening_and_the_epoch_goes_on) {
  this->append({this->batch(1, 1, 2)});
  this->fixture.reopen();
  EXPECT_EQ(this->all().size(), 2u);
  EXPECT_EQ(this->fixture.store().epoch(), 2u);
  EXPECT_EQ(get<appended>(this->append_one(this->batch(1, 3))).first, seq{3});
  EXPECT_TRUE(holds_alternative<version_conflict>(this->append_one(this->batch(1, 3))));
}

TYPED_TEST(event_store_conformance,
           every_transaction_is_a_link_of_the_chain_and_an_audit_finds_nothing) {
  this->append({this->batch(0, 1), this->batch(0, 2)});
  this->append({this->batch(0, 3)});
  this->fixture.reopen();
  this->append({this->batch(0, 4)});
  auto const links = *this->fixture.store().read_chain({}, 10);
  ASSERT_EQ(links.size(), 3u);
  EXPECT_EQ(links[0].last, seq{2});
  EXPECT_EQ(links[2].epoch, 2u);
  chain_hasher hasher;
  sha256_digest chain{};
  std::size_t next = 0;
  std::vector<sha256_digest> digests;
  for (stored_event const& e : this->all()) {
    digests.push_back(hasher.digest(e));
    if (e.seq != links[next].last) continue;
    chain = hasher.link(chain, std::exchange(digests, {}));
    EXPECT_EQ(links[next++].chain, chain);
  }
  EXPECT_EQ(this->fixture.store().read_chain(seq{2}, 1)->front().last, seq{3});
}

TYPED_TEST(event_store_conformance, purged_streams_go_and_the_rest_stays) {
  this->append({this->claiming(1, "k", "body"), this->batch(2, 1, 2), this->batch(3, 1)});
  EXPECT_EQ(get<appended>(this->append_one(this->purging({{job_id{1}, 1}, {job_id{2}, 2}}))).first,
            seq{5});
  auto const left = this->all();
  ASSERT_EQ(left.size(), 2u);
  EXPECT_EQ(left[0].seq, seq{4});
  EXPECT_EQ(left[1].type, "Purged");
  EXPECT_TRUE(this->fixture.store().read_stream(job_id{2}, 0, 10)->empty());
  EXPECT_EQ(*this->fixture.store().find_purged(job_id{2}), "a-segment");
  EXPECT_EQ(*this->fixture.store().find_purged(job_id{3}), std::nullopt);
  EXPECT_TRUE(holds_alternative<version_conflict>(this->append_one(this->batch(2, 3))));
  EXPECT_TRUE(holds_alternative<appended>(this->append_one(this->claiming(4, "k", "body"))));
  this->fixture.reopen();
  EXPECT_EQ(this->all().size(), 3u);
  EXPECT_EQ(this->fixture.store().head()->last_job, job_id{4});
}

TYPED_TEST(event_store_conformance, the_place_of_a_newest_event_that_is_purged_stays_taken) {
  this->append({this->batch(2, 1), this->batch(1, 1)});
  EXPECT_EQ(get<appended>(this->append_one(this->purging({{job_id{1}, 1}}))).first, seq{3});
  EXPECT_EQ(this->fixture.store().head()->last, seq{3});
}

TYPED_TEST(event_store_conformance, nothing_is_purged_when_one_of_the_streams_has_changed) {
  this->append({this->batch(1, 1), this->batch(2, 1), this->batch(3, 1)});
  auto const outcomes = this->append(
      {this->batch(2, 2), this->purging({{job_id{1}, 1}, {job_id{2}, 1}}), this->batch(1, 2)});
  EXPECT_TRUE(holds_alternative<version_conflict>(outcomes[1]));
  EXPECT_TRUE(holds_alternative<appended>(outcomes[2]));
  EXPECT_EQ(this->all().size(), 5u);
  EXPECT_EQ(*this->fixture.store().find_purged(job_id{1}), std::nullopt);
}

TYPED_TEST(event_store_conformance, a_change_behind_a_purge_of_the_same_group_is_a_conflict) {
  this->append({this->batch(1, 1), this->batch(2, 1)});
  auto const outcomes = this->append({this->purging({{job_id{1}, 1}}), this->batch(1, 2)});
  EXPECT_TRUE(holds_alternative<appended>(outcomes[0]));
  EXPECT_TRUE(holds_alternative<version_conflict>(outcomes[1]));
}

}  // namespace
}  // namespace retrylab
