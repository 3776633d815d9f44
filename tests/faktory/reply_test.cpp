#include "faktory/reply.hpp"

#include "events/core/limits.hpp"
#include "events/text_cut.hpp"
#include "faktory/command.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

std::string error(reply_error const& e) {
  std::string out;
  append_error(out, e);
  return out;
}

TEST(command, splits_a_line_at_its_first_space) {
  command const c = parse_command("PUSH {\"a\": 1}");
  EXPECT_EQ(c.verb, verb::push);
  EXPECT_EQ(c.rest, "{\"a\": 1}");
  EXPECT_EQ(parse_command("INFO").verb, verb::info);
  EXPECT_EQ(parse_command("INFO").rest, "");
  EXPECT_EQ(parse_command("FETCH  a").rest, " a");
}

TEST(command, knows_every_verb_by_its_upper_case_name_only) {
  std::pair<char const*, verb> const table[] = {
      {"HELLO", verb::hello},   {"PUSH", verb::push},      {"PUSHB", verb::pushb},
      {"FETCH", verb::fetch},   {"ACK", verb::ack},        {"FAIL", verb::fail},
      {"BEAT", verb::beat},     {"INFO", verb::info},      {"FLUSH", verb::flush},
      {"END", verb::end},       {"QUEUE", verb::queue},    {"MUTATE", verb::mutate},
      {"TRACK", verb::track},   {"BATCH", verb::batch},    {"push", verb::unknown},
      {"", verb::unknown},      {"PUSHBB", verb::unknown}, {"\tINFO", verb::unknown},
      {"INFO\t", verb::unknown}};
  for (auto const& [word, expected] : table) EXPECT_EQ(parse_command(word).verb, expected) << word;
}

TEST(command, names_the_verb_it_does_not_know) {
  EXPECT_EQ(unknown_command(parse_command("CMD foo")), "unknown command CMD");
  EXPECT_EQ(unknown_command(parse_command("")), "unknown command ");
}

TEST(reply, writes_each_form) {
  std::string out;
  append_ok(out);
  append_simple(out, "PONG");
  append_bulk(out, "{}");
  append_bulk(out, "");
  append_bulk(out, "a\r\nb");
  append_nil(out);
  EXPECT_EQ(out, "+OK\r\n+PONG\r\n$2\r\n{}\r\n$0\r\n\r\n$4\r\na\r\nb\r\n$-1\r\n");
}

TEST(reply, has_three_error_codes) {
  EXPECT_EQ(error(refuse("unknown command ")), "-ERR unknown command \r\n");
  EXPECT_EQ(error({reply_code::notunique, "Job not unique"}), "-NOTUNIQUE Job not unique\r\n");
  EXPECT_EQ(error({reply_code::shutdown, "bye"}), "-SHUTDOWN bye\r\n");
  EXPECT_EQ(bulk_error_text(refuse("no")), "no");
  EXPECT_EQ(bulk_error_text({reply_code::notunique, "Job not unique"}), "NOTUNIQUE Job not unique");
}

TEST(reply, an_error_is_one_line_of_bounded_valid_text) {
  EXPECT_EQ(error(refuse("a\r\nb\tc\x7f")), "-ERR a  b c \r\n");
  EXPECT_EQ(error(refuse("Gr\xc3\xbc\xc3\x9f\x65 \xff\xc3(\xed\xa0\x80")),
            "-ERR Gr\xc3\xbc\xc3\x9f\x65 ?\?(???\r\n");
  EXPECT_EQ(error(refuse(std::string{"a\0b", 3})), "-ERR a b\r\n");
  std::string const long_text(limits::faktory_error_reply_bytes - 1, 'x');
  EXPECT_EQ(error(refuse(long_text + "\xc3\xbc")), "-ERR " + long_text + "\r\n");
}

TEST(text_cut, cuts_between_characters) {
  EXPECT_EQ(cut_utf8("abc", 3), "abc");
  EXPECT_EQ(cut_utf8("abcd", 3), "abc");
  EXPECT_EQ(cut_utf8("ab\xc3\xbc", 3), "ab");
  EXPECT_EQ(cut_utf8("\xf0\x9f\x98\x80", 3), "");
  EXPECT_EQ(cut_utf8("\xf0\x9f\x98\x80x", 4), "\xf0\x9f\x98\x80");
}

TEST(text_cut, trims_both_ends) {
  EXPECT_EQ(trimmed(" \t\na b\r\n "), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
}

}  // namespace
}  // namespace retrylab
