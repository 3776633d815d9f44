#include "worker/server_url.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

TEST(server_url, reads_the_form_of_faktory) {
  EXPECT_EQ(*parse_server_url("tcp://127.0.0.1:7420"),
            (server_url{"127.0.0.1", "7420", "", "127.0.0.1:7420"}));
  EXPECT_EQ(*parse_server_url("tcp://jobs.example.org"),
            (server_url{"jobs.example.org", "7419", "", "jobs.example.org:7419"}));
  EXPECT_EQ(*parse_server_url("tcp://:a%20b@[::1]:7000/"),
            (server_url{"::1", "7000", "a b", "[::1]:7000"}));
}

TEST(server_url, says_what_is_wrong_without_the_password) {
  std::pair<char const*, char const*> const cases[] = {
      {"", "must be an URL as in tcp://127.0.0.1:7419"},
      {"127.0.0.1:7419", "must be an URL as in tcp://127.0.0.1:7419"},
      {"http://:pw@host", "must begin with tcp://"},
      {"tcp+tls://:pw@host", "tcp+tls is not supported: put a tunnel before it"},
      {"tcp://:pw@", "names no host"},
      {"tcp://:7419", "names no host"},
      {"tcp://:pw@host/path", "must have no path"},
      {"tcp://host?x=pw", "must end with the port"},
      {"tcp://host:0", "must have a port from 1 to 65535"},
      {"tcp://host:65536", "must have a port from 1 to 65535"},
  };
  for (auto const& [text, why] : cases) {
    auto const parsed = parse_server_url(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error(), why) << text;
  }
}

}  // namespace
}  // namespace retrylab
