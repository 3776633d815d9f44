#include "events/core/limits.hpp"
#include "faktory/batch_request.hpp"
#include "faktory/bulk_push.hpp"
#include "faktory/mutate_request.hpp"
#include "faktory/queue_request.hpp"
#include "faktory/track_request.hpp"
#include "faktory/worker_requests.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

using names = std::vector<std::string>;

template <class T>
std::string refusal(result<T, reply_error> const& r) {
  return r ? "accepted" : r.error().text;
}

constexpr timestamp noon = from_micros(1'767'268'800'000'000);

TEST(fetch, keeps_the_order_of_its_queues_and_each_once) {
  EXPECT_EQ(*parse_fetch("critical default critical bulk"), (names{"critical", "default", "bulk"}));
  EXPECT_EQ(*parse_fetch(""), names{"default"});
  EXPECT_EQ(*parse_fetch("  "), names{"default"});
  EXPECT_EQ(*parse_fetch("a  b "), (names{"a", "b"}));
}

TEST(fetch, bounds_the_number_of_its_queues) {
  std::string many;
  for (std::size_t i = 0; i < limits::faktory_queue_names; ++i)
    many += "q" + std::to_string(i) + " ";
  EXPECT_EQ(parse_fetch(many)->size(), limits::faktory_queue_names);
  EXPECT_EQ(refusal(parse_fetch(many + "q0")), "must call fetch with at most 1000 queues");
}

TEST(ack, takes_a_jid) {
  EXPECT_EQ(*parse_ack(R"({"jid":"123456789"})"), (ack_request{"123456789"}));
  EXPECT_EQ(*parse_ack(R"( {"jid": "", "x": 1} )"), ack_request{});
  EXPECT_EQ(*parse_ack(R"({"jid":"a","result":{"sum": 1.0}})"),
            (ack_request{"a", raw_json{R"({"sum": 1.0})"}}));
  for (std::string const rest :
       {"", "{}", "[]", R"({"jid":1})", R"({"jid":null})", "{\"jid\"", "x"})
    EXPECT_EQ(refusal(parse_ack(rest)), "invalid ACK " + rest);
}

TEST(fail, reads_trims_and_fills_in) {
  EXPECT_EQ(*parse_fail(R"({"jid":"1","errtype":" E ","message":"m\n","backtrace":["a","b"]})"),
            (fail_request{"1", {"E", "m", {"a", "b"}}}));
  EXPECT_EQ(*parse_fail(R"({"jid":"1"})"), (fail_request{"1", {"unknown", "unknown", {}}}));
  EXPECT_EQ(*parse_fail(R"({"jid":"1","errtype":"","message":"  ","backtrace":null})"),
            (fail_request{"1", {"unknown", "unknown", {}}}));
}

TEST(fail, cuts_what_is_too_long_between_characters) {
  std::string backtrace;
  for (int i = 0; i < 60; ++i) backtrace += (i > 0 ? ",\"" : "\"") + std::string(1200, 'l') + "\"";
  auto const f = parse_fail("{\"jid\":\"1\",\"errtype\":\"" + std::string(99, 'e') +
                            "\xc3\xbc\",\"message\":\"" + std::string(2000, 'm') +
                            "\",\"backtrace\":[" + backtrace + "]}");
  ASSERT_TRUE(f);
  EXPECT_EQ(f->error.type, std::string(99, 'e'));
  EXPECT_EQ(f->error.message, std::string(1000, 'm'));
  ASSERT_EQ(f->error.backtrace.size(), 50u);
  EXPECT_EQ(f->error.backtrace.front().size(), 1000u);
}

TEST(fail, refuses_with_the_texts_of_faktory) {
  EXPECT_EQ(refusal(parse_fail("{}")), "missing JID");
  EXPECT_EQ(refusal(parse_fail(R"({"jid":""})")), "missing JID");
  for (std::string const rest : {"", "[]", "{\"jid\":", R"({"jid":1})",
                                 R"({"jid":"1","errtype":1})", R"({"jid":"1","backtrace":"x"})"})
    EXPECT_EQ(refusal(parse_fail(rest)), "invalid FAIL " + rest);
}

TEST(beat, reads_a_state_and_a_size) {
  EXPECT_EQ(*parse_beat(R"({"wid":"w","current_state":"quiet","rss_kb":54176})"),
            (beat_request{"w", worker_state::quiet, 54176}));
  EXPECT_EQ(*parse_beat(R"({"wid":"w","current_state":"","rss_kb":null})"), (beat_request{"w"}));
  EXPECT_EQ(*parse_beat("{}"), beat_request{});
  EXPECT_EQ(refusal(parse_beat("")), "invalid BEAT ");
  EXPECT_EQ(refusal(parse_beat(R"({"wid":1})")), R"(invalid BEAT {"wid":1})");
  EXPECT_EQ(state_document(worker_state::quiet), R"({"state":"quiet"})");
  EXPECT_EQ(state_document(worker_state::terminate), R"({"state":"terminate"})");
}

TEST(queue, reads_its_subcommands_in_any_case) {
  EXPECT_EQ(*parse_queue_request("PAUSE a b a"),
            (queue_request{queue_action::pause, false, {"a", "b"}}));
  EXPECT_EQ(*parse_queue_request("resume *"), (queue_request{queue_action::resume, true}));
  EXPECT_EQ(*parse_queue_request("Remove a *"),
            (queue_request{queue_action::remove, false, {"a", "*"}}));
  EXPECT_EQ(*parse_queue_request("LATENCY a"),
            (queue_request{queue_action::latency, false, {"a"}}));
  EXPECT_EQ(*parse_queue_request("PAUSE"), (queue_request{queue_action::pause}));
}

TEST(queue, refuses_with_the_texts_of_faktory) {
  EXPECT_EQ(refusal(parse_queue_request("unpause a")), "no such QUEUE subcommand: UNPAUSE");
  EXPECT_EQ(refusal(parse_queue_request("")), "no such QUEUE subcommand: ");
  EXPECT_EQ(refusal(parse_queue_request("LATENCY *")), "QUEUE LATENCY does not support wildcards");
  std::string many;
  for (int i = 0; i < 1001; ++i) many += " q";
  EXPECT_EQ(refusal(parse_queue_request("PAUSE" + many)), "QUEUE takes at most 1000 names");
}

TEST(mutate, reads_an_operation_with_spaces_in_it) {
  auto const m = parse_mutate(
      R"({"cmd": "requeue", "target": "retries", "filter": {"jobtype": "send mail"}})");
  ASSERT_TRUE(m);
  EXPECT_EQ(m->action, mutate_action::requeue);
  EXPECT_EQ(m->target, mutate_target::retries);
  EXPECT_TRUE(m->filter.matches("1", "send mail", "{}"));
  EXPECT_FALSE(m->filter.matches("1", "send", "{}"));
}

TEST(mutate, refuses_with_the_texts_of_faktory) {
  std::pair<char const*, char const*> const table[] = {
      {"", "invalid format"},
      {"x", "invalid format"},
      {"[]", "invalid format"},
      {R"({"cmd":1})", "invalid format"},
      {"{}", "unknown mutate operation"},
      {R"({"cmd":"Kill","target":"dead"})", "unknown mutate operation"},
      {R"({"cmd":"kill"})", "invalid target for mutation command"},
      {R"({"cmd":"clear","target":"working"})", "invalid target for mutation command"},
      {R"({"cmd":"kill","target":"dead","filter":[]})", "invalid format"},
      {R"({"cmd":"kill","target":"dead","filter":{"jids":"a"}})", "invalid format"},
      {R"({"cmd":"clear","target":"dead"})", "accepted"},
      {R"({"cmd":"discard","target":"scheduled","filter":null})", "accepted"},
  };
  for (auto const& [rest, text] : table) EXPECT_EQ(refusal(parse_mutate(rest)), text) << rest;
  EXPECT_EQ(refusal(parse_mutate(R"({"cmd":"kill","target":"dead","filter":{"regexp":")" +
                                 std::string(5000, '*') + R"("}})")),
            "filter.regexp must have at most 4096 bytes");
}

TEST(mutate, a_filter_that_says_nothing_matches_all) {
  for (char const* filter :
       {"null", "{}", R"({"jids":[],"regexp":"","jobtype":""})", R"({"regexp":"*"})"}) {
    auto const m =
        parse_mutate(R"({"cmd":"kill","target":"dead","filter":)" + std::string{filter} + "}");
    ASSERT_TRUE(m) << filter;
    EXPECT_TRUE(m->filter.matches_all()) << filter;
    EXPECT_TRUE(m->filter.matches("1", "t", "{}")) << filter;
  }
  EXPECT_TRUE(parse_mutate(R"({"cmd":"clear","target":"dead","filter":{"jids":["1"]}})")
                  ->filter.matches_all());
}

TEST(mutate, jids_decide_alone_else_pattern_and_jobtype_together) {
  job_matcher const by_jid{{"3", "1", "1"}, "nothing", "other"};
  EXPECT_TRUE(by_jid.matches("1", "t", "{}"));
  EXPECT_FALSE(by_jid.matches("2", "other", "nothing"));
  EXPECT_FALSE(by_jid.needs_payload());
  EXPECT_EQ(by_jid.jids(), (names{"1", "3"}));
  job_matcher const by_both{{}, "*fizz*", "t"};
  EXPECT_TRUE(by_both.needs_payload());
  EXPECT_TRUE(by_both.matches("1", "t", R"({"args":["fizz"]})"));
  EXPECT_FALSE(by_both.matches("1", "u", R"({"args":["fizz"]})"));
  EXPECT_FALSE(by_both.matches("1", "t", R"({"args":["buzz"]})"));
}

TEST(bulk_push, judges_job_by_job) {
  auto const elements = parse_bulk(
      R"( [ {"jid":"aaaaaaaa","jobtype":"t","args":[]}, {"jid":"bbbbbbbb","jobtype":"t"},
      {"jid":"cccccccc","jobtype":"t","args":[],"retry":"x"}, 5 ] )");
  ASSERT_TRUE(elements);
  bulk_refusals refusals;
  std::vector<faktory_job> jobs;
  for (std::string_view e : *elements) {
    if (auto job = parse_bulk_job(e, refusals)) jobs.push_back(std::move(*job));
  }
  refusals.add("dddddddd", {reply_code::notunique, "Job not unique"});
  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_EQ(jobs.front().jid, "aaaaaaaa");
  std::string out;
  refusals.append(out);
  EXPECT_EQ(
      out,
      R"({"":"invalid JSON: must be an object","bbbbbbbb":"jobs must have an args parameter",)"
      R"("cccccccc":"invalid JSON: retry must be an integer","dddddddd":"NOTUNIQUE Job not unique"})");
}

TEST(bulk_push, refuses_them_all_when_they_are_no_array) {
  EXPECT_EQ(refusal(parse_bulk("{}")), "invalid JSON: must be an array");
  EXPECT_EQ(refusal(parse_bulk("[{},")).substr(0, 13), "invalid JSON:");
  EXPECT_EQ(refusal(parse_bulk("")).substr(0, 13), "invalid JSON:");
  EXPECT_TRUE(parse_bulk("[]")->empty());
  std::string out;
  bulk_refusals{}.append(out);
  EXPECT_EQ(out, "{}");
}

TEST(track, reads_both_forms) {
  EXPECT_EQ(*parse_track("GET 12345678"), track_request{track_get{"12345678"}});
  EXPECT_EQ(
      *parse_track(
          R"(SET {"jid":"1","percent":50,"desc":"half","reserve_until":"2026-01-01T12:00:00Z"})"),
      track_request(track_set{"1", 50, "half", noon}));
  EXPECT_EQ(*parse_track(R"(SET {"jid":"1","desc":null,"reserve_until":""})"),
            track_request{track_set{"1"}});
  for (char const* rest :
       {"", "GET", "GET ", "SET", "SET {}", "get 1", R"(SET {"jid":1})",
        R"(SET {"jid":"1","percent":"x"})", R"(SET {"jid":"1","reserve_until":"later"})"})
    EXPECT_FALSE(parse_track(rest)) << rest;
}

TEST(batch, reads_a_new_one_with_callbacks_that_may_lack_a_jid) {
  auto const request = parse_batch(
      R"(NEW {"description":"d","parent_bid":"b-0","bid":"","success":{"jobtype":"done","args":[1],"queue":"q"}})");
  ASSERT_TRUE(request) << request.error().text;
  auto const& made = std::get<batch_new>(*request);
  EXPECT_EQ(made.description, "d");
  EXPECT_EQ(made.parent_bid, "b-0");
  EXPECT_FALSE(made.complete);
  ASSERT_TRUE(made.success);
  EXPECT_EQ(made.success->jid, "");
  EXPECT_EQ(made.success->queue, "q");
}

TEST(batch, names_a_batch) {
  EXPECT_EQ(*parse_batch("OPEN b-1"), batch_request{batch_open{"b-1"}});
  EXPECT_EQ(*parse_batch("COMMIT b-1"), batch_request{batch_commit{"b-1"}});
  EXPECT_EQ(*parse_batch("STATUS b-1 "), batch_request{batch_status{"b-1"}});
}

TEST(batch, refuses_what_it_cannot_do) {
  std::pair<char const*, char const*> const table[] = {
      {"", "no such BATCH subcommand: "},
      {"open b-1", "no such BATCH subcommand: open"},
      {"OPEN", "no such batch "},
      {"NEW {}", "batches must have a success or complete callback"},
      {R"(NEW {"success":null,"description":null})",
       "batches must have a success or complete callback"},
      {R"(NEW {"success":{"args":[]}})",
       "invalid success callback: jobs must have a jobtype parameter"},
      {R"(NEW {"complete":{"jid":"short","jobtype":"t","args":[]}})",
       "invalid complete callback: jobs must have a reasonable jid parameter"},
      {R"(NEW {"complete":5})", "invalid complete callback: invalid JSON: must be an object"},
      {R"(NEW {"description":5})", "invalid JSON: description must be a string"},
  };
  for (auto const& [rest, text] : table) EXPECT_EQ(refusal(parse_batch(rest)), text) << rest;
  EXPECT_FALSE(parse_batch("OPEN " + std::string(300, 'b')));
}

}  // namespace
}  // namespace retrylab
