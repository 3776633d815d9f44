#include "bench/response_reader.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace retrylab::bench {
namespace {

void feed(response_reader& reader, std::string_view bytes) {
  while (!bytes.empty()) {
    std::span<char> const room = reader.space();
    std::size_t const n = std::min(room.size(), bytes.size());
    std::memcpy(room.data(), bytes.data(), n);
    reader.commit(n);
    bytes.remove_prefix(n);
  }
}

constexpr std::string_view created =
    "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 8\r\n"
    "Location: /jobs/1\r\n\r\n{\"id\":1}";

TEST(response_reader, an_answer_in_one_piece) {
  response_reader r;
  feed(r, created);
  ASSERT_EQ(r.next(), read_state::complete);
  EXPECT_EQ(r.last().status, 201U);
  EXPECT_TRUE(r.last().ok());
  EXPECT_TRUE(r.last().keep_alive);
  EXPECT_EQ(r.last().body, "{\"id\":1}");
  EXPECT_EQ(r.last().next, "");
  EXPECT_EQ(r.next(), read_state::incomplete);
}

TEST(response_reader, an_answer_byte_by_byte) {
  response_reader r;
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < created.size(); ++i) {
      feed(r, created.substr(i, 1));
      ASSERT_EQ(r.next(), i + 1 == created.size() ? read_state::complete : read_state::incomplete);
    }
    EXPECT_EQ(r.last().body, "{\"id\":1}");
  }
}

TEST(response_reader, answers_behind_each_other) {
  response_reader r;
  feed(r, std::string{created} + "HTTP/1.1 404 Not Found\r\ncontent-length:2\r\n\r\nno");
  ASSERT_EQ(r.next(), read_state::complete);
  EXPECT_EQ(r.last().status, 201U);
  ASSERT_EQ(r.next(), read_state::complete);
  EXPECT_EQ(r.last().status, 404U);
  EXPECT_FALSE(r.last().ok());
  EXPECT_EQ(r.last().body, "no");
}

TEST(response_reader, a_body_larger_than_the_buffer) {
  std::string const body(300'000, 'x');
  response_reader r;
  for (int round = 0; round < 3; ++round) {
    std::string const whole =
        "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + body + std::string{created};
    for (std::size_t i = 0; i < whole.size(); i += 7000) {
      feed(r, std::string_view{whole}.substr(i, 7000));
      if (i + 7000 < body.size()) {
        ASSERT_EQ(r.next(), read_state::incomplete);
      }
    }
    ASSERT_EQ(r.next(), read_state::complete);
    EXPECT_EQ(r.last().body, body);
    ASSERT_EQ(r.next(), read_state::complete);
    EXPECT_EQ(r.last().status, 201U);
  }
}

TEST(response_reader, the_next_page) {
  response_reader r;
  feed(r,
       "HTTP/1.1 200 OK\r\nLink: </jobs>; rel=\"first\", </jobs?limit=2&cursor=9>; rel=\"next\"\r\n"
       "Content-Length: 2\r\nConnection: close\r\n\r\n[]");
  ASSERT_EQ(r.next(), read_state::complete);
  EXPECT_EQ(r.last().next, "/jobs?limit=2&cursor=9");
  EXPECT_FALSE(r.last().keep_alive);
}

TEST(response_reader, statuses_without_a_body) {
  response_reader r;
  feed(r, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x02{}");
  ASSERT_EQ(r.next(), read_state::complete);
  EXPECT_EQ(r.last().status, 101U);
  EXPECT_EQ(r.rest(), "\x81\x02{}");
}

TEST(response_reader, what_is_not_an_answer) {
  for (std::string_view bytes :
       {"SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 2x1 OK\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nendless",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 0\r\n\r\n"}) {
    response_reader r;
    feed(r, bytes);
    EXPECT_EQ(r.next(), read_state::malformed) << bytes;
  }
  response_reader endless;
  feed(endless, std::string(70'000, 'x'));
  EXPECT_EQ(endless.next(), read_state::malformed);
}

TEST(response_reader, a_new_connection_begins_anew) {
  response_reader r;
  feed(r, created.substr(0, 30));
  r.reset();
  feed(r, created);
  EXPECT_EQ(r.next(), read_state::complete);
}

}  // namespace
}  // namespace retrylab::bench
