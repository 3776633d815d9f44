#include "bench/faktory_reader.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace retrylab::bench {
namespace {

read_state feed(faktory_reader& reader, std::string_view bytes) {
  std::span<char> const space = reader.space();
  std::memcpy(space.data(), bytes.data(), bytes.size());
  reader.commit(bytes.size());
  return reader.next();
}

TEST(faktory_reader, as_many_replies_as_were_asked_for) {
  faktory_reader reader{3};
  EXPECT_EQ(feed(reader, "+OK\r\n$-1\r\n"), read_state::incomplete);
  EXPECT_EQ(feed(reader, "$5\r\n{\"a\"}\r\n+O"), read_state::complete);
  EXPECT_EQ(reader.last().status, 200U);
  EXPECT_EQ(reader.last().body, "{\"a\"}");
  EXPECT_EQ(feed(reader, "K\r\n-ERR no\r\n+OK\r\n"), read_state::complete);
  EXPECT_EQ(reader.last().status, 500U);
  EXPECT_TRUE(reader.last().body.empty());
}

TEST(faktory_reader, however_the_bytes_were_cut) {
  std::string_view const replies = "+OK\r\n$6\r\na\r\n\r\nb\r\n+OK\r\n";
  faktory_reader reader{3};
  for (std::size_t i = 0; i + 1 < replies.size(); ++i)
    ASSERT_EQ(feed(reader, replies.substr(i, 1)), read_state::incomplete) << i;
  EXPECT_EQ(feed(reader, replies.substr(replies.size() - 1)), read_state::complete);
  EXPECT_EQ(reader.last().body, "a\r\n\r\nb");
}

TEST(faktory_reader, refuses_what_is_no_reply) {
  for (char const* bytes : {"HTTP/1.1 400\r\n", "$x\r\n", "$\r\n", ":1\r\n", "\r\n"}) {
    faktory_reader reader{1};
    EXPECT_EQ(feed(reader, bytes), read_state::malformed) << bytes;
    reader.reset();
    EXPECT_EQ(feed(reader, "+OK\r\n"), read_state::complete) << bytes;
  }
}

}  // namespace
}  // namespace retrylab::bench
