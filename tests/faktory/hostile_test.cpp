// Lines that nobody sends by accident. Whatever comes, each reader answers, and its refusal is one
// error reply of bounded length.

#include "events/core/limits.hpp"
#include "events/json_fields.hpp"
#include "faktory/batch_request.hpp"
#include "faktory/bulk_push.hpp"
#include "faktory/command.hpp"
#include "faktory/handshake.hpp"
#include "faktory/job_payload.hpp"
#include "faktory/mutate_request.hpp"
#include "faktory/queue_request.hpp"
#include "faktory/track_request.hpp"
#include "faktory/worker_requests.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace retrylab {
namespace {

template <class T>
std::string answer(result<T, reply_error> const& read) {
  std::string out;
  if (read) {
    append_ok(out);
  } else {
    append_error(out, read.error());
  }
  return out;
}

std::string push_answer(std::string_view rest) {
  auto const job = parse_job(rest);
  if (job) {
    std::string out;
    append_payload(out, *job, {});
    EXPECT_FALSE(json_defect(out)) << out;
  }
  return answer(job);
}

std::string bulk_answer(std::string_view rest) {
  auto const elements = parse_bulk(rest);
  if (!elements) return answer(elements);
  bulk_refusals refusals;
  for (std::string_view e : *elements) (void)parse_bulk_job(e, refusals);
  std::string document;
  refusals.append(document);
  EXPECT_FALSE(json_defect(document)) << document;
  return refusals.empty() ? "+OK\r\n" : "-ERR some\r\n";
}

// What a session would answer if everything that can be read succeeded.
std::string answer_line(std::string_view line) {
  command const c = parse_command(line);
  switch (c.verb) {
    case verb::hello:
      return answer(parse_hello(line));
    case verb::push:
      return push_answer(c.rest);
    case verb::pushb:
      return bulk_answer(c.rest);
    case verb::fetch:
      return answer(parse_fetch(c.rest));
    case verb::ack:
      return answer(parse_ack(c.rest));
    case verb::fail:
      return answer(parse_fail(c.rest));
    case verb::beat:
      return answer(parse_beat(c.rest));
    case verb::queue:
      return answer(parse_queue_request(c.rest));
    case verb::mutate:
      return answer(parse_mutate(c.rest));
    case verb::track:
      return answer(parse_track(c.rest));
    case verb::batch:
      return answer(parse_batch(c.rest));
    case verb::info:
    case verb::flush:
    case verb::end:
      return "+OK\r\n";
    case verb::unknown:
      break;
  }
  std::string out;
  append_error(out, refuse(unknown_command(c)));
  return out;
}

bool is_one_reply(std::string_view text) {
  return (text == "+OK\r\n" || text.starts_with("-ERR ")) && text.ends_with("\r\n") &&
         text.find_first_of("\r\n") == text.size() - 2 &&
         text.size() <= limits::faktory_error_reply_bytes + 7;
}

std::string deep(std::string const& open, std::string const& close, std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += open;
  for (std::size_t i = 0; i < n; ++i) out += close;
  return out;
}

char const* const json_verbs[] = {"PUSH ",  "PUSHB ",  "ACK ",       "FAIL ",     "BEAT ",
                                  "HELLO ", "MUTATE ", "TRACK SET ", "BATCH NEW "};

TEST(hostile_lines, are_refused_by_every_verb_that_reads_json) {
  std::string const bodies[] = {
      "",
      " ",
      "{",
      "[",
      "{\"",
      "{\"jid\"",
      "{\"jid\":",
      "{\"jid\":\"12345678",
      "{\"jid\":\"12345678\"",
      "{\"jid\":\"12345678\",",
      "{\"jid\":\"12345678\"}}",
      "[{\"jid\":\"12345678\"}",
      "nul",
      "tru",
      "-",
      "{]",
      "[}",
      "{\"a\":1,}",
      "{'jid':'12345678'}",
      "{jid:1}",
      "{\"a\":NaN}",
      "{\"a\":01}",
      "{\"a\":+1}",
      "{\"a\":.5}",
      "{\"a\":0x10}",
      "{\"a\":\"\\x\"}",
      "{\"a\":\"\\u12\"}",
      "{\"a\":\"tab\there\"}",
      "{\"a\":\"\xff\xfe\"}",
      "{\"a\":\"\xc0\xaf\"}",
      "{\"a\":\"\xed\xa0\x80\"}",
      "{\"\xff\":1}",
      std::string("{\"a\":\"\0\"}", 9),
      std::string("\0\0\0\0", 4),
      deep("[", "]", 1000),
      deep("[", "]", 1'000'000),
      deep("{\"a\":", "}", 100'000),
      std::string(1'000'000, '['),
      std::string(1'000'000, '"'),
      std::string(1'000'000, '\\'),
      "{\"a\":" + std::string(100'000, '9') + "x}",
      "\xef\xbb\xbf{}",
      "/* c */{}",
  };
  for (std::string const verb : json_verbs) {
    for (std::string const& body : bodies) {
      std::string const got = answer_line(verb + body);
      EXPECT_TRUE(got.starts_with("-ERR ") && is_one_reply(got))
          << verb << body.substr(0, 60) << " -> " << got;
    }
  }
}

TEST(hostile_lines, of_a_wrong_type_are_refused) {
  std::string const wrong[] = {"1",  "-1.5",  "true",  "[]",
                               "{}", "1e400", "\"x\"", "123456789012345678901234567890"};
  std::string const full = R"("jid":"12345678","jobtype":"t","args":[])";
  // Which of `wrong` are right, though.
  struct {
    char const* field;
    std::vector<std::size_t> right;
  } const fields[] = {{"queue", {6}},     {"reserve_for", {0}}, {"at", {}},     {"retry", {0}},
                      {"backtrace", {0}}, {"created_at", {6}},  {"custom", {4}}};
  for (auto const& [field, right] : fields) {
    for (std::size_t i = 0; i < std::size(wrong); ++i) {
      bool const fine = std::find(right.begin(), right.end(), i) != right.end();
      std::string const line = "PUSH {" + full + ",\"" + field + "\":" + wrong[i] + "}";
      std::string const got = answer_line(line);
      EXPECT_TRUE(is_one_reply(got)) << line;
      EXPECT_EQ(got == "+OK\r\n", fine) << line << " -> " << got;
    }
  }
}

TEST(hostile_lines, of_other_kinds_are_refused) {
  for (std::string const& line :
       {std::string{}, std::string{" PUSH {}"}, std::string{"push {}"}, std::string{"\xff\xfe"},
        std::string{"GET / HTTP/1.1"}, std::string{"*1"}, std::string{"PUSH\t{}"},
        std::string(100'000, 'A'), std::string{"QUEUE"}, std::string{"QUEUE * *"},
        "QUEUE " + std::string(100'000, 'a'), "TRACK " + std::string(100'000, 'a'),
        "BATCH " + std::string(100'000, 'a'), "BATCH OPEN " + std::string(100'000, 'b'),
        "FETCH " + deep("a ", "b ", 100'000), "QUEUE PAUSE " + deep("a ", "b ", 100'000),
        "FAIL {\"jid\":1,\"message\":\"" + std::string(1'000'000, 'm') + "\"}"}) {
    std::string const got = answer_line(line);
    EXPECT_TRUE(got.starts_with("-ERR ") && is_one_reply(got)) << line.substr(0, 60) << got;
  }
}

// Each would take minutes, or gigabytes, if it were read carelessly.
TEST(hostile_lines, with_a_million_members_are_answered_soon) {
  std::string members;
  std::string jobs;
  std::string texts;
  for (int i = 0; i < 300'000; ++i) {
    std::string const comma = i > 0 ? "," : "";
    members += comma + "\"" + std::to_string(i) + "\":1";
    jobs += comma + "{}";
    texts += comma + "\"\"";
  }
  std::string const job = R"({"jid":"12345678","jobtype":"t","args":[],)";
  EXPECT_EQ(answer_line("PUSH " + job + members + "}"),
            "-ERR jobs must have at most 100 fields of their own\r\n");
  EXPECT_EQ(answer_line("PUSH " + job + "\"custom\":{" + members + "}}"), "+OK\r\n");
  EXPECT_EQ(answer_line("PUSHB [" + jobs + "]"), "-ERR PUSHB takes at most 100000 jobs\r\n");
  EXPECT_EQ(answer_line("FAIL {\"jid\":\"1\",\"backtrace\":[" + texts + "]}"), "+OK\r\n");
  EXPECT_EQ(
      answer_line(R"(MUTATE {"cmd":"kill","target":"dead","filter":{"jids":[)" + texts + "]}}"),
      "-ERR filter.jids must be at most 100000\r\n");
}

// A number that no integer holds may stand in args: it is text to us.
TEST(hostile_lines, big_numbers_in_args_are_kept) {
  std::string const args = "[123456789012345678901234567890,-0,1E2,1.000,9007199254740993]";
  auto const job = parse_job(R"({"jid":"12345678","jobtype":"t","args":)" + args + "}");
  ASSERT_TRUE(job);
  EXPECT_EQ(job->args.text, args);
}

RC_GTEST_PROP(hostile_lines, of_any_bytes_get_one_reply, (std::string const& bytes)) {
  RC_ASSERT(is_one_reply(answer_line(bytes)));
  for (char const* verb : json_verbs) RC_ASSERT(is_one_reply(answer_line(verb + bytes)));
  for (char const* verb : {"FETCH ", "QUEUE ", "TRACK ", "BATCH ", "QUEUE PAUSE ", "HELLO {"})
    RC_ASSERT(is_one_reply(answer_line(verb + bytes)));
}

// One byte of a good line changed, taken out or put in.
RC_GTEST_PROP(hostile_lines, that_were_good_before_get_one_reply, ()) {
  static std::vector<std::string> const good{
      R"(PUSH {"jid":"12345678","jobtype":"t","args":[1,"a"],"custom":{"unique_for":1.5,"bid":"b-1"},"retry":3,"at":"2026-01-01T12:00:00Z"})",
      R"(PUSHB [{"jid":"12345678","jobtype":"t","args":[]},{"jid":"22345678","jobtype":"t","args":[]}])",
      R"(FAIL {"jid":"12345678","errtype":"E","message":"m","backtrace":["a","b"]})",
      R"(HELLO {"v":2,"wid":"w","labels":["a"],"pid":1})",
      R"(MUTATE {"cmd":"kill","target":"dead","filter":{"jids":["a"],"regexp":"*[a-"}})",
      R"(BATCH NEW {"success":{"jobtype":"t","args":[]},"description":"d"})",
      R"(TRACK SET {"jid":"12345678","percent":5,"reserve_until":"2026-01-01T12:00:00Z"})"};
  std::string line = *rc::gen::elementOf(good);
  for (int edits = *rc::gen::inRange(1, 4); edits > 0; --edits) {
    auto const at = *rc::gen::inRange<std::size_t>(0, line.size());
    char const byte = *rc::gen::oneOf(rc::gen::element('"', '{', '}', '[', ']', '\\', ',', ':'),
                                      rc::gen::arbitrary<char>());
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        line[at] = byte;
        break;
      case 1:
        line.erase(at, 1);
        break;
      default:
        line.insert(at, 1, byte);
    }
  }
  RC_ASSERT(is_one_reply(answer_line(line)));
}

}  // namespace
}  // namespace retrylab
