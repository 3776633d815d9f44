#include "faktory/handshake.hpp"

#include "events/core/limits.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

std::string hi(std::optional<challenge> const& asked) {
  std::string out;
  append_hi(out, asked);
  return out;
}

TEST(handshake, greets_without_a_space_inside_the_json) {
  EXPECT_EQ(hi(std::nullopt), "+HI {\"v\":2}\r\n");
  EXPECT_EQ(hi(challenge{1545, "55104dc76695721d"}),
            "+HI {\"v\":2,\"i\":1545,\"s\":\"55104dc76695721d\"}\r\n");
}

TEST(handshake, draws_its_challenge) {
  EXPECT_EQ(make_challenge(0, 0), (challenge{4000, "0"}));
  EXPECT_EQ(make_challenge(4095, ~std::uint64_t{0}), (challenge{8095, "ffffffffffffffff"}));
  EXPECT_EQ(make_challenge(4096, 0x55104dc76695721d), (challenge{4000, "55104dc76695721d"}));
}

// The vectors of Faktory's own tests and of the Node client's.
TEST(handshake, hashes_as_the_clients_do) {
  EXPECT_EQ(password_hash("foobar", "55104dc76695721d", 1545),
            "6d877f8e5544b1f2598768f817413ab8a357afffa924dedae99eb91472d4ec30");
  EXPECT_EQ(password_hash("abcde123", "123", 3),
            "ef646abadf4ffba660d9bbb8de8e45576970de917b4c9da8cad96b49e64636d9");
  EXPECT_EQ(password_hash("", "", 1),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(handshake, lets_in_who_knows_the_password) {
  challenge const asked{1545, "55104dc76695721d"};
  hello said;
  said.version = 2;
  EXPECT_FALSE(answers(said, asked, "foobar"));
  said.pwdhash = password_hash("foobar", asked.salt, asked.iterations);
  EXPECT_TRUE(answers(said, asked, "foobar"));
  EXPECT_FALSE(answers(said, asked, "foobaz"));
  said.pwdhash.back() = said.pwdhash.back() == '0' ? '1' : '0';
  EXPECT_FALSE(answers(said, asked, "foobar"));
  said.pwdhash.pop_back();
  EXPECT_FALSE(answers(said, asked, "foobar"));
}

TEST(handshake, an_old_client_hashes_once_whatever_was_asked) {
  challenge const asked{1545, "55104dc76695721d"};
  hello said;
  said.pwdhash = password_hash("foobar", asked.salt, 1);
  EXPECT_TRUE(answers(said, asked, "foobar"));
  said.version = 1;
  EXPECT_TRUE(answers(said, asked, "foobar"));
  said.version = 2;
  EXPECT_FALSE(answers(said, asked, "foobar"));
}

TEST(handshake, reads_hello) {
  auto const said = parse_hello(
      R"(HELLO {"v":2, "hostname":"h","wid":"w1","pid":42,"labels":["go","x"],"pwdhash":"ab","username":"u","salt":"1"})");
  ASSERT_TRUE(said) << said.error().text;
  EXPECT_EQ(*said, (hello{2, "h", "w1", 42, {"go", "x"}, "ab", "u"}));
  EXPECT_TRUE(parse_hello(R"(HELLO {"retrylab":1})")->extended);
}

TEST(handshake, null_and_empty_mean_absent) {
  for (char const* line :
       {"HELLO {}", R"(HELLO {"wid":null,"pwdhash":null,"labels":null,"v":null,"pid":null})",
        R"(HELLO {"wid":"","hostname":"","pwdhash":"","username":null})"}) {
    auto const said = parse_hello(line);
    ASSERT_TRUE(said) << line << said.error().text;
    EXPECT_EQ(*said, hello{}) << line;
  }
}

TEST(handshake, refuses_what_is_no_hello) {
  for (char const* line :
       {"", "HELLO", "HELLO ", "hello {}", "HELLO  {}", "HELLO []", "PUSH {}", "HELLO {",
        "HELLO {\"v\":\"2\"}", "HELLO {\"labels\":[1]}", "HELLO {\"wid\":7}", "HELLO {\"v\":1e99}",
        "HELLO {\"a\":\"\xff\"}", "GET / HTTP/1.1"})
    EXPECT_FALSE(parse_hello(line)) << line;
}

TEST(handshake, bounds_what_a_worker_says_of_itself) {
  std::string labels;
  for (int i = 0; i < 1000; ++i) labels += (i > 0 ? ",\"" : "\"") + std::string(1000, 'x') + "\"";
  auto const said = parse_hello("HELLO {\"labels\":[" + labels + "],\"hostname\":\"" +
                                std::string(1000, 'h') + "\"}");
  ASSERT_TRUE(said);
  EXPECT_EQ(said->labels.size(), limits::faktory_labels);
  EXPECT_EQ(said->labels.front().size(), limits::faktory_label_bytes);
  EXPECT_EQ(said->hostname.size(), limits::faktory_label_bytes);
  EXPECT_FALSE(parse_hello("HELLO {\"wid\":\"" + std::string(256, 'w') + "\"}"));
}

}  // namespace
}  // namespace retrylab
