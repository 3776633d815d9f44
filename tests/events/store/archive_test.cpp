// The archive on disk, and log and archive read as one.

#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/id_ranges.hpp"
#include "events/json_fields.hpp"
#include "events/log_audit.hpp"
#include "events/store/archive_line.hpp"
#include "events/store/archive_segments.hpp"
#include "events/store/memory_event_store.hpp"
#include "events/store/merged_log.hpp"
#include "temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace retrylab {
namespace {

stored_event event(std::uint64_t seq_number, std::uint64_t job,
                   std::string data = R"({"by":"t"})") {
  return {seq{seq_number}, job_id{job}, 1, 1, "Discarded", from_micros(1'000'001), std::move(data)};
}

TEST(id_ranges, are_short_and_exact) {
  std::vector<job_id> const ids{job_id{1}, job_id{2}, job_id{3}, job_id{7}, job_id{9}, job_id{10}};
  std::string const text = to_text(ranges_of(ids));
  EXPECT_EQ(text, "1-3,7,9-10");
  EXPECT_EQ(ids_in(*parse_ranges(text)), ids);
  EXPECT_TRUE(parse_ranges("")->empty());
  for (char const* wrong : {"0", "x", "3-1", "1,1", "5-6,6", "1-", "-2", "1,,2", "1 "})
    EXPECT_FALSE(parse_ranges(wrong)) << wrong;
}

TEST(archive_line, is_one_line_and_comes_back_byte_for_byte) {
  for (std::string data : {R"({"a":1})", "{\n \"a\" : \"x\\ny\",\r\n\"b\":\"Gr\u00fc\u00dfe\"}"}) {
    std::string line;
    append_archive_line(line, event(7, 3, data));
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_FALSE(json_defect(line));
    auto const back = parse_archive_line(std::string_view{line}.substr(0, line.size() - 1));
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(*back, event(7, 3, data));
  }
  EXPECT_FALSE(parse_archive_line(R"({"seq":1})"));
}

class archive : public testing::Test {
 protected:
  std::filesystem::path directory() const { return directory_.path() / "archive"; }
  purged write(std::uint64_t number, std::vector<stored_event> const& events) {
    auto const segment = archive_.write(number, events);
    EXPECT_TRUE(segment) << segment.error().message;
    purged step{};
    step.archive = segment->name;
    step.sha256 = segment->sha256;
    step.events = events.size();
    step.first_seq = events.front().seq;
    step.last_seq = events.back().seq;
    return step;
  }
  std::vector<std::uint64_t> all(archive_merge& merge) {
    std::vector<std::uint64_t> seqs;
    while (merge.peek()) seqs.push_back(merge.take().seq.value);
    return seqs;
  }

  temporary_directory directory_;
  segment_directory archive_{directory()};
};

TEST_F(archive, merges_segments_in_order_of_seq_however_many_overlap) {
  // Each segment has one early and one late event, and more are begun than may be open.
  std::size_t const segments = limits::segments_open * 2 + 3;
  archive_merge merge{directory()};
  for (std::uint64_t i = 1; i <= segments; ++i)
    merge.add(write(i, {event(i, i), event(segments + i, i), event(3 * segments - i + 1, i)}));
  std::vector<std::uint64_t> expected;
  for (std::uint64_t i = 1; i <= 3 * segments; ++i) expected.push_back(i);
  EXPECT_EQ(all(merge), expected);
  merge.seek(seq{segments + 5});
  EXPECT_EQ(merge.peek()->seq, seq{segments + 6});
  merge.seek(seq{3 * segments - 1});
  EXPECT_EQ(all(merge), std::vector<std::uint64_t>{3 * segments});
  merge.seek({});
  EXPECT_EQ(all(merge), expected);
  EXPECT_TRUE(merge.problems().empty());
}

TEST_F(archive, leaves_out_what_is_missing_or_altered_and_says_so_once) {
  archive_merge merge{directory()};
  for (std::uint64_t i = 1; i <= 3; ++i) merge.add(write(i, {event(i, i), event(i + 10, i)}));
  std::filesystem::remove(directory() / segment_name(1));
  std::ofstream{directory() / segment_name(3), std::ios::app} << "more";
  EXPECT_EQ(all(merge), (std::vector<std::uint64_t>{2, 12}));
  merge.seek({});
  EXPECT_EQ(all(merge), (std::vector<std::uint64_t>{2, 12}));
  ASSERT_EQ(merge.problems().size(), 2u);
  EXPECT_NE(merge.problems()[0].find("00000001.ndjson.zst is missing"), std::string::npos);
  EXPECT_NE(merge.problems()[1].find("00000003.ndjson.zst was altered"), std::string::npos);
}

TEST_F(archive, tidies_up_what_no_purge_names_and_keeps_its_hands_off_another_logs) {
  EXPECT_FALSE(archive_.tidy_up(0));
  for (std::uint64_t i = 1; i <= 3; ++i) (void)write(i, {event(i, i)});
  std::ofstream{directory() / "00000004.ndjson.zst.tmp"} << "cut";
  EXPECT_FALSE(archive_.tidy_up(2));
  EXPECT_TRUE(std::filesystem::exists(directory() / segment_name(2)));
  EXPECT_FALSE(std::filesystem::exists(directory() / segment_name(3)));
  EXPECT_FALSE(std::filesystem::exists(directory() / "00000004.ndjson.zst.tmp"));
  EXPECT_TRUE(archive_.tidy_up(0));
  EXPECT_TRUE(std::filesystem::exists(directory() / segment_name(1)));
}

// A log in memory whose jobs go to the archive.
class merged : public archive {
 protected:
  void append(std::uint64_t job, stream_version version, job_event const& what) {
    encoded_event const e = encode(what);
    append_batch b;
    b.events.push_back({{}, job_id{job}, version, 1, std::string{e.type}, now(), e.data});
    store(std::move(b));
  }
  void end(std::uint64_t job) {
    append(job, 1, created{});
    append(job, 2, cancelled{std::nullopt, "me", ""});
  }
  void purge(std::vector<job_id> const& jobs) {
    std::vector<stored_event> events;
    append_batch b;
    b.purge.emplace();
    for (job_id job : jobs) {
      auto const stream = *log_->read_stream(job, 0, 10);
      events.insert(events.end(), stream.begin(), stream.end());
      b.purge->streams.push_back({job, stream.back().version});
    }
    std::ranges::sort(events, {}, &stored_event::seq);
    purged step = write(++purges_, events);
    step.count = jobs.size();
    step.jobs = to_text(ranges_of(jobs));
    b.purge->archive = step.archive;
    encoded_event const e = encode(system_event{step});
    b.events.push_back({{}, system_id, purges_, 1, std::string{e.type}, now(), e.data});
    store(std::move(b));
  }
  void store(append_batch b) {
    auto const outcome = log_->append({&b, 1});
    EXPECT_TRUE(outcome && std::holds_alternative<appended>(outcome->front()));
  }
  timestamp now() { return from_micros(++time_); }

  std::vector<std::uint64_t> pages(event_reader& log, std::size_t limit) {
    std::vector<std::uint64_t> seqs;
    for (seq at{};;) {
      auto const page = *log.read_all(at, limit);
      if (page.empty()) return seqs;
      EXPECT_LE(page.size(), limit);
      for (stored_event const& e : page) seqs.push_back(e.seq.value);
      at = page.back().seq;
    }
  }
  static std::vector<std::uint64_t> up_to(std::uint64_t last) {
    std::vector<std::uint64_t> seqs;
    for (std::uint64_t i = 1; i <= last; ++i) seqs.push_back(i);
    return seqs;
  }

  std::shared_ptr<memory_event_store> log_ = std::make_shared<memory_event_store>();
  stream_version purges_ = 0;
  std::int64_t time_ = 0;
};

TEST_F(merged, has_every_event_once_whatever_the_page) {
  for (std::uint64_t job = 1; job <= 9; ++job) end(job);
  purge({job_id{1}, job_id{2}, job_id{5}});
  purge({job_id{3}, job_id{8}});
  for (std::size_t limit : {1u, 2u, 3u, 7u, 100u}) {
    merged_log log{log_, directory()};
    EXPECT_EQ(pages(log, limit), up_to(20)) << limit;
    EXPECT_EQ(pages(log, limit), up_to(20)) << limit << " again";
  }
}

TEST_F(merged, follows_purges_that_happen_while_it_is_read) {
  for (std::uint64_t job = 1; job <= 9; ++job) end(job);
  merged_log log{log_, directory()};
  auto const first = *log.read_all({}, 5);
  EXPECT_EQ(first.back().seq, seq{5});
  purge({job_id{1}, job_id{3}, job_id{4}});
  auto const second = *log.read_all(seq{5}, 5);
  ASSERT_EQ(second.size(), 5u);
  EXPECT_EQ(second.front().seq, seq{6});
  purge({job_id{2}, job_id{6}, job_id{7}});
  EXPECT_EQ(log.read_all(seq{10}, 100)->size(), 10u);
}

TEST_F(merged, satisfies_an_audit_over_the_whole_chain) {
  for (std::uint64_t job = 1; job <= 5; ++job) end(job);
  purge({job_id{1}, job_id{4}});
  auto const read = [](event_reader& log, log_audit& audit) {
    auto const links = *log.read_chain({}, 100);
    auto link = links.begin();
    for (stored_event const& e : *log.read_all({}, 100)) {
      audit.see(e);
      for (; link != links.end() && link->last <= e.seq; ++link) audit.see(*link);
    }
    audit.finish();
  };
  merged_log log{log_, directory()};
  log_audit audit;
  read(log, audit);
  EXPECT_TRUE(audit.violations().empty()) << audit.violations().front();
  EXPECT_EQ(audit.purged_jobs(), 2u);
  EXPECT_EQ(audit.jobs().size(), 3u);
  log_audit without_archive;
  read(*log_, without_archive);
  EXPECT_FALSE(without_archive.violations().empty());
}

TEST_F(merged, an_audit_finds_a_purge_of_a_job_that_has_not_ended) {
  append(1, 1, created{});
  end(2);
  purge({job_id{1}});
  merged_log log{log_, directory()};
  log_audit audit;
  for (stored_event const& e : *log.read_all({}, 100)) audit.see(e);
  ASSERT_FALSE(audit.violations().empty());
  EXPECT_NE(audit.violations().front().find("purges job 1, which has not ended"),
            std::string::npos);
}

}  // namespace
}  // namespace retrylab
