#include "faktory/line_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace retrylab {
namespace {

std::vector<std::string> take_lines(line_reader& reader) {
  std::vector<std::string> lines;
  for (read_line l = reader.next(); l.state == line_state::complete; l = reader.next())
    lines.emplace_back(l.text);
  return lines;
}

using lines = std::vector<std::string>;

TEST(line_reader, ends_a_line_at_crlf_and_at_a_bare_newline) {
  line_reader reader;
  reader.feed("INFO\r\nEND\n\r\n\nFETCH a\rb\r\nPU");
  EXPECT_EQ(take_lines(reader), (lines{"INFO", "END", "", "", "FETCH a\rb"}));
  EXPECT_EQ(reader.pending(), 2u);
  reader.feed("SH {}\r");
  EXPECT_EQ(reader.next().state, line_state::incomplete);
  reader.feed("\n");
  EXPECT_EQ(take_lines(reader), (lines{"PUSH {}"}));
}

TEST(line_reader, has_nothing_to_say_before_bytes_came) {
  line_reader reader;
  EXPECT_EQ(reader.next().state, line_state::incomplete);
  reader.feed("");
  EXPECT_EQ(reader.next().state, line_state::incomplete);
}

TEST(line_reader, tells_a_line_that_is_too_long_and_never_recovers) {
  for (std::string const end : {"\n", "\r\n"}) {
    line_reader reader{8};
    reader.feed("12345678" + end);
    EXPECT_EQ(take_lines(reader), (lines{"12345678"}));
    reader.feed("123456789" + end + "INFO\n");
    EXPECT_EQ(reader.next().state, line_state::too_long);
    EXPECT_EQ(reader.next().state, line_state::too_long);
    reader.feed("\nINFO\n");
    EXPECT_EQ(reader.next().state, line_state::too_long);
  }
}

TEST(line_reader, tells_a_line_that_is_too_long_before_its_end_came) {
  line_reader reader{8};
  reader.feed("12345678\r");
  EXPECT_EQ(reader.next().state, line_state::incomplete);
  reader.feed("x");
  EXPECT_EQ(reader.next().state, line_state::too_long);
}

TEST(line_reader, gives_the_memory_of_a_long_line_back) {
  line_reader reader;
  std::string const big(10'000'000, 'x');
  reader.feed(big + "\n");
  EXPECT_EQ(reader.next().text.size(), big.size());
  EXPECT_GE(reader.capacity(), big.size());
  (void)reader.prepare(4096);
  EXPECT_LE(reader.capacity(), limits::faktory_idle_buffer_bytes);
}

TEST(line_reader, needs_no_more_memory_than_twice_what_is_pending) {
  line_reader reader;
  for (int i = 0; i < 10'000; ++i) {
    reader.feed("PUSH {\"jid\":\"123456789\"}\r\nPUSH {\"ji");
    (void)take_lines(reader);
    reader.feed("d\":1}\n");
    (void)take_lines(reader);
  }
  EXPECT_LE(reader.capacity(), 1024u);
}

// Bytes among which ends of lines are frequent.
std::string any_stream() {
  return *rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::element('\r', '\n'), rc::gen::arbitrary<char>()));
}

RC_GTEST_PROP(line_reader, gives_the_same_lines_wherever_the_bytes_are_cut, ()) {
  std::string const stream = any_stream();
  line_reader whole;
  whole.feed(stream);
  lines const expected = take_lines(whole);

  line_reader pieces;
  lines seen;
  for (std::size_t at = 0; at < stream.size();) {
    std::size_t const n = std::min(stream.size() - at, *rc::gen::inRange<std::size_t>(1, 9));
    pieces.feed(std::string_view{stream}.substr(at, n));
    for (std::string& line : take_lines(pieces)) seen.push_back(std::move(line));
    at += n;
  }
  RC_ASSERT(seen == expected);
  RC_ASSERT(pieces.pending() == whole.pending());
}

}  // namespace
}  // namespace retrylab
