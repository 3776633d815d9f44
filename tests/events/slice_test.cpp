// Which jobs of the time before a slice belong to it.

#include "events/slice.hpp"

#include "events/event_codec.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

stored_event row(std::uint64_t job, std::string type, std::string data = "{}") {
  return {seq{1}, job_id{job}, 1, 1, std::move(type), {}, std::move(data)};
}

std::string member_of(char const* batch) {
  job_spec spec;
  spec.batch = batch;
  return encode(job_event{created{spec}}).data;
}

TEST(slice_jobs, has_what_lives_what_is_dead_and_what_something_happens_to) {
  slice_jobs jobs;
  for (std::uint64_t job : {1, 2, 3, 4, 5, 6}) jobs.before(row(job, "Created"));
  jobs.before(row(1, "Succeeded"));
  jobs.before(row(2, "Cancelled"));
  jobs.before(row(2, "Requeued"));
  jobs.before(row(3, "DeadLettered"));
  jobs.before(row(4, "Discarded"));
  jobs.before(row(5, "Succeeded"));
  jobs.before(row(6, "Succeeded"));
  jobs.inside(row(5, "Requeued"));
  jobs.inside(row(9, "Created"));
  std::vector<std::uint64_t> found;
  for (std::uint64_t job = 1; job <= 10; ++job) {
    if (jobs.has(job_id{job})) found.push_back(job);
  }
  // 6 is the newest before, from which the next ids follow; those above come inside.
  EXPECT_EQ(found, (std::vector<std::uint64_t>{2, 3, 5, 6, 7, 8, 9, 10}));
}

TEST(slice_jobs, has_the_members_of_a_batch_that_is_open) {
  slice_jobs jobs;
  jobs.before(row(1, "Created", member_of("b-1")));
  jobs.before(row(2, "Created", member_of("b-2")));
  jobs.before(row(3, "Created"));
  for (std::uint64_t job : {1, 2}) jobs.before(row(job, "Succeeded"));
  encoded_event const end = encode(system_event{batch_ended{"b-2", {}, 1, 0}});
  jobs.before(row(0, "BatchEnded", end.data));
  EXPECT_TRUE(jobs.has(job_id{1}));
  EXPECT_FALSE(jobs.has(job_id{2}));
}

TEST(export_head, comes_back_and_names_what_is_wrong) {
  export_head const head{seq{4}, from_micros(1'000'001), {}, 3, "ab12", seq{92}, true};
  EXPECT_EQ(*read_export_head(to_event(head)), head);
  stored_event event = to_event(head);
  event.data = R"({"format":3})";
  EXPECT_EQ(read_export_head(event).error(),
            "has format 3; this program reads the formats 1 and 2");
  event.data =
      R"({"format":1,"from":-1,"last":1,"epoch":1,"chain":"","chain_seq":1,"redacted":true})";
  EXPECT_TRUE(read_export_head(event).error().starts_with("from "));
  event.type = "Created";
  EXPECT_FALSE(read_export_head(event));
}

TEST(export_head, of_the_first_format_says_itself_what_is_last) {
  stored_event event;
  event.type = export_head_type;
  event.at = from_micros(5);
  event.data =
      R"({"format":1,"from":4,"last":90,"epoch":3,"chain":"ab12","chain_seq":92,"redacted":true})";
  EXPECT_EQ(*read_export_head(event),
            (export_head{seq{4}, from_micros(5), seq{90}, 3, "ab12", seq{92}, true}));
}

TEST(export_end, comes_back_and_names_what_is_wrong) {
  export_end const end{seq{90}, from_micros(1'000'001), 12, "ab12"};
  EXPECT_EQ(*read_export_end(to_event(end)), end);
  stored_event event = to_event(end);
  event.data = R"({"last":90,"events":12})";
  EXPECT_EQ(read_export_end(event).error(), "sha256 is required");
  event.type = "Exported";
  EXPECT_FALSE(read_export_end(event));
}

}  // namespace
}  // namespace retrylab
