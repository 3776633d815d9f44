#pragma once
// What this code base does not say, and what it says instead. A ban carries a sample it must catch
// and one it must let pass, so that no row of the table can rot unseen.

#include "layers.hpp"
#include "source_file.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace retrylab::tidy {

struct ban {
  std::string_view
      hint;  // text that every match contains: saves running the pattern over most files
  std::string_view pattern;  // ECMAScript, over the code without comments and literals
  std::string_view instead;
  std::string_view catches;
  std::string_view passes;
  std::vector<std::string_view> scope{"src/"};
  std::vector<std::string_view> allowed{};
  std::string_view excuse{};  // a comment with these words on the same line lifts the ban
};

[[nodiscard]] std::vector<ban> const& bans();
[[nodiscard]] findings check_ban(ban const& b, source_file const& file);

// Words that no text in the repository may hold, comments and strings included.
struct forbidden_text {
  std::string text;
  std::string instead;
};
[[nodiscard]] std::vector<forbidden_text> const& forbidden_texts();
[[nodiscard]] findings check_forbidden_texts(source_file const& file);

constexpr std::size_t lines_max = 500;
[[nodiscard]] bool has_size_limit(std::string_view path);
[[nodiscard]] findings check_size(source_file const& file);

}  // namespace retrylab::tidy
