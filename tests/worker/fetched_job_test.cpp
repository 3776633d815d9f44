#include "worker/fetched_job.hpp"

#include "events/core/limits.hpp"
#include "faktory/worker_requests.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

constexpr char const* created_over_http =
    R"({"retry":4,"jid":"job-7-x","queue":"q","jobtype":"mail","args":[{"n": 1.0}],)"
    R"("retrylab":{"job":7,"fence":21,"attempt":2,"generation":3,"timeout_ms":900,"payload_is_args":false}})";

TEST(fetched_job, payload_as_it_was_created) {
  auto const job = read_fetched_job(created_over_http);
  ASSERT_TRUE(job) << job.error().why;
  EXPECT_EQ(job->jid, "job-7-x");
  EXPECT_EQ(job->time, 900ms);
  EXPECT_EQ(job->work.job, job_id{7});
  EXPECT_EQ(job->work.fence, seq{21});
  EXPECT_EQ(job->work.attempt, 2U);
  EXPECT_EQ(job->work.generation, 3U);
  EXPECT_EQ(job->work.spec->type, "mail");
  EXPECT_EQ(job->work.spec->queue, "q");
  EXPECT_EQ(job->work.spec->payload.text, R"({"n": 1.0})");
}

TEST(fetched_job, what_was_pushed_has_args_and_custom) {
  auto const job = read_fetched_job(
      R"({"jid":"12345678","queue":"q","jobtype":"t","args":[1,"a"],"custom":{"k":2},)"
      R"("retrylab":{"job":1,"fence":2,"attempt":1,"generation":1,"payload_is_args":true}})");
  ASSERT_TRUE(job) << job.error().why;
  EXPECT_EQ(job->work.spec->payload.text, R"({"args":[1,"a"],"custom":{"k":2}})");
  EXPECT_EQ(job->time, limits::reservation);
}

TEST(fetched_job, refuses_what_it_cannot_run_but_says_whose_it_was) {
  std::pair<char const*, char const*> const cases[] = {
      {"nonsense", ""},
      {R"({"queue":"q","jobtype":"t","args":[]})", ""},
      {R"({"jid":"12345678","queue":"q","jobtype":"t","args":[]})", "12345678"},
      {R"({"jid":"12345678","queue":"q","jobtype":"t","args":[],"retrylab":{"job":1}})",
       "12345678"},
  };
  for (auto const& [json, jid] : cases) {
    auto const job = read_fetched_job(json);
    ASSERT_FALSE(job) << json;
    EXPECT_EQ(job.error().jid, jid) << json;
    EXPECT_FALSE(job.error().why.empty()) << json;
  }
}

// What one end writes the other end reads.
TEST(report, success_on_one_line) {
  attempt_outcome const end = attempt_succeeded{raw_json{"{\n  \"sum\": 10.50\n}"}};
  std::string const line = report_of("12345678", end);
  EXPECT_EQ(line, R"(ACK {"jid":"12345678","result":{"sum":10.50}})");
  EXPECT_EQ(report_of("12345678", attempt_succeeded{}), R"(ACK {"jid":"12345678"})");
}

TEST(report, failure_with_advice) {
  attempt_failed failed{failure_cause::error, {"Exit\nCode", "exit \"1\"", {"line 1", "line 2"}}};
  failed.retryable = false;
  failed.advice = retry_advice{12'045ms, "Retry-After"};
  std::string const line = report_of("12345678", failed);
  ASSERT_TRUE(line.starts_with("FAIL "));
  EXPECT_EQ(line.find('\n'), std::string::npos);
  auto const read = parse_fail(line.substr(5));
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->retry_after, 12'045ms);
  EXPECT_FALSE(read->retryable);
  EXPECT_EQ(read->error.message, "exit \"1\"");
  EXPECT_EQ(read->error.backtrace.size(), 2U);
}

TEST(report, a_stopped_attempt_is_tried_again_at_once) {
  auto const read = parse_fail(report_of("12345678", attempt_stopped{}).substr(5));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->error.type, "WorkerStopped");
  EXPECT_EQ(read->retry_after, 0ms);
}

}  // namespace
}  // namespace retrylab
