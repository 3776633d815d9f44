#include "events/core/glob.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace retrylab {
namespace {

TEST(glob, matches_as_redis_does) {
  struct {
    char const* pattern;
    char const* text;
    bool matches;
  } const table[] = {
      {"", "", true},
      {"", "a", false},
      {"*", "", true},
      {"*", "anything", true},
      {"**", "", true},
      {"a*", "abc", true},
      {"a*", "ba", false},
      {"*c", "abc", true},
      {"*c", "abcd", false},
      {"a*c", "ac", true},
      {"a*a", "a", false},
      {"*ab*ab*", "xabab", true},
      {"*ab*ab*", "xaba", false},
      {"*ab*b", "ab", false},
      {"h?llo", "hello", true},
      {"h?llo", "hllo", false},
      {"?", "", false},
      {"*?", "", false},
      {"*?", "x", true},
      {"h[ae]llo", "hallo", true},
      {"h[ae]llo", "hillo", false},
      {"h[^e]llo", "hallo", true},
      {"h[^e]llo", "hello", false},
      {"h[a-c]llo", "hbllo", true},
      {"h[a-c]llo", "hdllo", false},
      {"h[c-a]llo", "hbllo", true},
      {"[\\]]", "]", true},
      {"[\\-x]", "-", true},
      {"[a", "a", true},
      {"[a-", "-", true},
      {"[]", "a", false},
      {"[^]", "a", true},
      {"\\*", "*", true},
      {"\\*", "x", false},
      {"\\", "\\", true},
      {"\\\"args\\\"", "\"args\"", true},
      {"Hello", "hello", false},
      {"[\x80-\xff]", "\xc3", true},
  };
  for (auto const& row : table)
    EXPECT_EQ(glob{row.pattern}.matches(row.text), row.matches) << row.pattern << " | " << row.text;
}

// Of faktory-rs: the backslashes escape quotes and brackets.
TEST(glob, finds_arguments_in_a_payload) {
  glob const pattern{R"(*\"args\":\[\"fizz\"\]*)"};
  EXPECT_TRUE(pattern.matches(R"({"retry":25,"jid":"12345678","args":["fizz"]})"));
  EXPECT_FALSE(pattern.matches(R"({"retry":25,"jid":"12345678","args":["buzz"]})"));
}

TEST(glob, many_stars_take_no_exponential_time) {
  std::string pattern;
  for (int i = 0; i < 1000; ++i) pattern += "a*";
  EXPECT_FALSE(glob{pattern + "b"}.matches(std::string(100'000, 'a')));
  std::string classes;
  for (int i = 0; i < 500; ++i) classes += "*[ab]?";
  EXPECT_FALSE(glob{classes + "c"}.matches(std::string(100'000, 'a')));
}

// The obvious definition, exponential.
bool plainly_matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*')
    return plainly_matches(pattern.substr(1), text) ||
           (!text.empty() && plainly_matches(pattern, text.substr(1)));
  return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) &&
         plainly_matches(pattern.substr(1), text.substr(1));
}

RC_GTEST_PROP(glob, agrees_with_the_obvious_definition, ()) {
  auto const pattern =
      *rc::gen::resize(10, rc::gen::container<std::string>(rc::gen::element('a', 'b', '*', '?')));
  auto const text =
      *rc::gen::resize(14, rc::gen::container<std::string>(rc::gen::element('a', 'b')));
  RC_ASSERT(glob{pattern}.matches(text) == plainly_matches(pattern, text));
}

RC_GTEST_PROP(glob, takes_any_bytes, (std::string const& pattern, std::string const& text)) {
  (void)glob{pattern}.matches(text);
}

}  // namespace
}  // namespace retrylab
