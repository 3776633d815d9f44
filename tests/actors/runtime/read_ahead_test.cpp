#include "actors/runtime/read_ahead.hpp"

#include "events/store/memory_event_store.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

append_batch one(std::uint64_t job, std::string data) {
  append_batch b;
  b.events.push_back({{}, job_id{job}, 1, 1, "Discarded", from_micros(1), std::move(data)});
  return b;
}

// Each event is of a job of its own.
void fill(memory_event_store& log, std::uint64_t count) {
  for (std::uint64_t job = 1; job <= count; ++job) {
    append_batch batch = one(job, R"({"by":"t","reason":""})");
    ASSERT_TRUE(log.append({&batch, 1}));
  }
}

TEST(ReadAhead, ReadsEveryEventOnceInBatches) {
  memory_event_store log;
  fill(log, 10);
  read_ahead reader{log};
  std::vector<std::uint64_t> seqs;
  for (seq at{};;) {
    auto const batch = reader.read_all(at, 3);
    ASSERT_TRUE(batch);
    if (batch->empty()) break;
    EXPECT_LE(batch->size(), 3U);
    for (stored_event const& e : *batch) {
      seqs.push_back(e.seq.value);
      ASSERT_TRUE(e.known);
      EXPECT_TRUE(std::holds_alternative<discarded>(*e.known));
    }
    at = batch->back().seq;
  }
  EXPECT_EQ(seqs, (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
}

TEST(ReadAhead, AnotherPlaceOrSizeThanExpectedIsReadAnew) {
  memory_event_store log;
  fill(log, 10);
  read_ahead reader{log};
  ASSERT_TRUE(reader.read_all(seq{0}, 3));
  auto const elsewhere = reader.read_all(seq{6}, 3);
  ASSERT_TRUE(elsewhere);
  EXPECT_EQ(elsewhere->front().seq, seq{7});
  auto const wider = reader.read_all(seq{9}, 5);
  ASSERT_TRUE(wider);
  EXPECT_EQ(wider->size(), 1U);
}

TEST(ReadAhead, OtherQuestionsAreAnsweredBetweenBatches) {
  memory_event_store log;
  fill(log, 10);
  read_ahead reader{log};
  ASSERT_TRUE(reader.read_all(seq{0}, 3));
  auto const stream = reader.read_stream(job_id{9}, 0, 10);
  ASSERT_TRUE(stream);
  EXPECT_EQ(stream->front().seq, seq{9});
  EXPECT_EQ(reader.head()->last, seq{10});
  EXPECT_EQ(reader.read_all(seq{3}, 3)->front().seq, seq{4});
}

TEST(ReadAhead, WhatCannotBeDecodedComesAsItIs) {
  memory_event_store log;
  append_batch batch = one(1, R"({"by":7})");
  ASSERT_TRUE(log.append({&batch, 1}));
  auto const read = read_ahead{log}.read_all(seq{0}, 3);
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->front().known);
  EXPECT_EQ(read->front().data, R"({"by":7})");
}

}  // namespace
}  // namespace retrylab
