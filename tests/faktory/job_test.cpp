#include "faktory/compact_json.hpp"
#include "faktory/faktory_job.hpp"
#include "faktory/job_payload.hpp"
#include "faktory/wire_time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

constexpr timestamp noon = from_micros(1'767'268'800'000'000);

std::string refusal(std::string_view json) {
  auto const job = parse_job(json);
  return job ? "accepted" : job.error().text;
}

std::string payload(faktory_job const& job, payload_progress const& progress = {}) {
  std::string out;
  append_payload(out, job, progress);
  return out;
}

TEST(faktory_job, needs_a_jid_a_jobtype_and_args) {
  auto const job = parse_job(R"({"jid":"12345678","jobtype":"mail","args":[]})");
  ASSERT_TRUE(job) << job.error().text;
  faktory_job expected;
  expected.jid = "12345678";
  expected.jobtype = "mail";
  EXPECT_EQ(*job, expected);
  EXPECT_EQ(job->queue, "default");
  EXPECT_FALSE(job->retry);
}

TEST(faktory_job, keeps_the_bytes_of_the_client) {
  auto const job = parse_job(
      R"( {"args": [1.10, 12345678901234567890123, "<a> \u00fc"], "priority": 9, "jid":"12345678",
       "x\ny": [ ], "jobtype":"mail","queue":"q.1_-A","reserve_for":60,"backtrace":5,"retry":0,
       "custom": {"a": 1}, "created_at":"2026-01-01T12:00:00Z","at":"2026-01-01T14:00:00+02:00"} )");
  ASSERT_TRUE(job) << job.error().text;
  EXPECT_EQ(job->args.text, R"([1.10, 12345678901234567890123, "<a> \u00fc"])");
  EXPECT_EQ(job->custom->text, R"({"a": 1})");
  EXPECT_EQ(job->retry, 0);
  EXPECT_EQ(job->at, (written_time{noon, "2026-01-01T14:00:00+02:00"}));
  EXPECT_EQ(job->extras, (std::vector<extra_field>{{"priority", {"9"}}, {"x\ny", {"[ ]"}}}));
}

TEST(faktory_job, null_and_blank_mean_absent) {
  auto const job = parse_job(
      R"({"jid":"12345678","jobtype":"mail","args":[],"queue":"","at":"","retry":null,"custom":null,
      "reserve_for":null,"backtrace":null,"created_at":null,"failure":null,"enqueued_at":""})");
  ASSERT_TRUE(job) << job.error().text;
  EXPECT_EQ(*job, *parse_job(R"({"jid":"12345678","jobtype":"mail","args":[],"custom":{ }})"));
}

TEST(faktory_job, refuses_with_the_texts_and_in_the_order_of_faktory) {
  std::pair<char const*, char const*> const table[] = {
      {"{}", "jobs must have a reasonable jid parameter"},
      {R"({"jid":"1234567"})", "jobs must have a reasonable jid parameter"},
      {R"({"jid":"12345678"})", "jobs must have a jobtype parameter"},
      {R"({"jid":"12345678","jobtype":""})", "jobs must have a jobtype parameter"},
      {R"({"jid":"12345678","jobtype":"a"})", "jobs must have an args parameter"},
      {R"({"jid":"12345678","jobtype":"a","args":null,"reserve_for":86401})",
       "jobs must have an args parameter"},
      {R"({"jid":"12345678","jobtype":"a","args":[],"reserve_for":86401,"at":"x"})",
       "jobs cannot be reserved for more than one day"},
      {R"({"jid":"12345678","jobtype":"a","args":[],"at":"to\"day","queue":"a b"})",
       R"(invalid timestamp for 'at': "to\"day": must be a time in RFC 3339)"},
      {R"({"jid":"12345678","jobtype":"a","args":[],"queue":"a b"})",
       R"(cannot get "a b" queue: queue names must match \A[a-zA-Z0-9._-]+\z)"},
      {R"({"jid":"12345678","jobtype":"a","args":[],"custom":{"unique_for":"x"}})",
       "custom.unique_for must be a number of seconds from 0 to ten years"},
      {R"({"jid":"12345678","jobtype":"a","args":[],"reserve_for":86400})", "accepted"},
      // Types come first.
      {R"({"retry":"3"})", "invalid JSON: retry must be an integer"},
      {R"({"jid":5})", "invalid JSON: jid must be a string"},
      {R"({"args":{}})", "invalid JSON: args must be an array"},
      {R"({"custom":[]})", "invalid JSON: custom must be an object"},
      {R"({"created_at":1})", "invalid JSON: created_at must be a string"},
      {"[]", "invalid JSON: must be an object"},
  };
  for (auto const& [json, text] : table) EXPECT_EQ(refusal(json), text) << json;
  EXPECT_EQ(refusal("").substr(0, 26), "invalid JSON: is not JSON:");
}

TEST(faktory_job, reads_the_options_of_custom) {
  auto const job = parse_job(R"({"jid":"12345678","jobtype":"mail","args":[],"custom":{
      "unique_for":2.5,"unique_until":"start","expires_at":"2026-01-01T12:00:00.000000123Z",
      "expires_in":1e2,"track":1,"bid":"b-1","retry_policy":{"kind":"fixed"},"locale":"de"}})");
  ASSERT_TRUE(job) << job.error().text;
  EXPECT_EQ(job->options, (job_options{2500ms, unique_until::start, noon, 100s, true, "b-1",
                                       raw_json{R"({"kind":"fixed"})"}}));
}

TEST(faktory_job, refuses_options_it_would_have_to_ignore) {
  for (char const* custom :
       {R"({"unique_for":-1})", R"({"unique_for":1e99})", R"({"unique_for":true})",
        R"({"unique_until":"never"})", R"({"unique_until":1})", R"({"expires_at":"soon"})",
        R"({"expires_at":5})", R"({"expires_in":"5"})", R"({"bid":1})"}) {
    std::string const json =
        R"({"jid":"12345678","jobtype":"a","args":[],"custom":)" + std::string{custom} + "}";
    EXPECT_NE(refusal(json), "accepted") << custom;
  }
  for (char const* custom :
       {R"({"unique_for":0})", R"({"unique_until":""})", R"({"track":"maybe"})", R"({"bid":""})",
        R"({"bid":null,"unique_for":null})"}) {
    std::string const json =
        R"({"jid":"12345678","jobtype":"a","args":[],"custom":)" + std::string{custom} + "}";
    auto const job = parse_job(json);
    ASSERT_TRUE(job) << custom << job.error().text;
    EXPECT_EQ(job->options, job_options{}) << custom;
  }
}

TEST(job_payload, has_the_keys_of_faktory_in_its_order) {
  auto const job = parse_job(
      R"({"args": [1, "a b"],"at":"2026-01-01T14:00:00+02:00","jid":"12345678","jobtype":"mail",
      "priority":9,"custom": {"k": [ ]},"created_at":"2026-01-01T11:00:00Z","reserve_for":60,"backtrace":3})");
  ASSERT_TRUE(job) << job.error().text;
  job_failure const failure{noon, noon + 15s, "it \"broke\"", "E", {"l1", "l2"}, 1, 24};
  EXPECT_EQ(
      payload(*job, {noon + 120ms, failure}),
      R"({"retry":25,"failure":{"failed_at":"2026-01-01T12:00:00Z","next_at":"2026-01-01T12:00:15Z",)"
      R"("message":"it \"broke\"","errtype":"E","backtrace":["l1","l2"],"retry_count":1,"remaining":24},)"
      R"("custom":{"k":[]},"jid":"12345678","queue":"default","jobtype":"mail",)"
      R"("created_at":"2026-01-01T11:00:00Z","enqueued_at":"2026-01-01T12:00:00.12Z",)"
      R"("at":"2026-01-01T14:00:00+02:00","args":[1,"a b"],"reserve_for":60,"backtrace":3,"priority":9})");
}

TEST(job_payload, leaves_out_what_says_nothing) {
  faktory_job job;
  job.jid = "12345678";
  job.jobtype = "mail";
  job.retry = -1;
  EXPECT_EQ(payload(job),
            R"({"retry":-1,"jid":"12345678","queue":"default","jobtype":"mail","args":[]})");
  EXPECT_EQ(
      payload(job, {std::nullopt, job_failure{noon}}),
      R"({"retry":-1,"failure":{"failed_at":"2026-01-01T12:00:00Z","retry_count":0,"remaining":0},)"
      R"("jid":"12345678","queue":"default","jobtype":"mail","args":[]})");
}

TEST(wire_time, trims_zeros_as_go_does_and_reads_any_fraction) {
  auto const written = [](timestamp t) {
    std::string out = "x";
    append_wire_time(out, t);
    return out;
  };
  EXPECT_EQ(written(noon), "x2026-01-01T12:00:00Z");
  EXPECT_EQ(written(noon + 1us), "x2026-01-01T12:00:00.000001Z");
  EXPECT_EQ(written(noon + 100ms), "x2026-01-01T12:00:00.1Z");
  for (char const* text : {"2026-01-01T12:00:00Z", "2026-01-01T12:00:00.000000000000000Z",
                           "2026-01-01T14:00:00.0000000000+02:00", "2026-01-01T12:00:00.0Z"})
    EXPECT_EQ(parse_wire_time(text), noon) << text;
  for (char const* text : {"", ".", "2026-01-01T12:00:00.", "2026-01-01T12:00:00.00000000000",
                           "2026-01-01T12:00:00.1111111111X"})
    EXPECT_FALSE(parse_wire_time(text)) << text;
}

TEST(compact_json, takes_blanks_outside_strings_only) {
  std::string out;
  append_compact(out, " { \"a b\" :\t[ 1 ,\n\" \\\" , \" , \"\\\\\" ] } ");
  EXPECT_EQ(out, "{\"a b\":[1,\" \\\" , \",\"\\\\\"]}");
  EXPECT_TRUE(is_empty_container("{ \n}"));
  EXPECT_FALSE(is_empty_container("{\"a\":1}"));
}

faktory_job any_job() {
  auto const text = [] { return *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127)); };
  faktory_job job;
  job.jid = "12345678" + text();
  job.jobtype = "t" + text();
  job.queue = *rc::gen::element<std::string>("default", "a.b", "x_-9");
  job.args.text = *rc::gen::element<std::string>("[]", "[1,\"a b\",{\"k\":[1.0]}]", "[[[null]]]");
  job.reserve_for = *rc::gen::inRange<std::int64_t>(-5, 86'400);
  job.retry = *rc::gen::inRange<std::int64_t>(-5, 100);
  job.backtrace = *rc::gen::inRange<std::int64_t>(-5, 100);
  job.created_at = text();
  if (*rc::gen::arbitrary<bool>()) job.at = written_time{noon, "2026-01-01T12:00:00Z"};
  if (*rc::gen::arbitrary<bool>()) job.custom = raw_json{"{\"a b\":\"\\u00fc\"}"};
  if (*rc::gen::arbitrary<bool>()) job.extras.push_back({"extra " + text(), {"{\"x\":1}"}});
  return job;
}

RC_GTEST_PROP(job_payload, what_was_written_is_read_back, ()) {
  faktory_job const job = any_job();
  payload_progress const progress{noon, job_failure{noon, noon, "m", "e", {"x"}, 2, 3}};
  std::string const json = payload(job, progress);
  auto const back = parse_job(json);
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == job);
  RC_ASSERT(payload(*back, progress) == json);
}

}  // namespace
}  // namespace retrylab
