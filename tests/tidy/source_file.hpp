#pragma once
// A source file as the tidy rules see it: as written, without comments, and without comments and
// the contents of literals. All three have the same lines and columns, so a place found in one is a
// place in the others.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab::tidy {

struct source_file {
  std::string path;        // relative to the checkout, with '/'
  std::string raw;         // as written
  std::string statements;  // comments blanked
  std::string code;        // comments and the contents of string and character literals blanked

  // The paths in its #include lines, in order. `angled` tells <…> from "…".
  struct include {
    std::string target;
    bool angled;
    std::size_t line;
  };
  [[nodiscard]] std::vector<include> includes() const;
};

[[nodiscard]] source_file make_source(std::string path, std::string raw);

[[nodiscard]] std::size_t line_of(std::string_view text, std::size_t offset);
[[nodiscard]] std::string_view line_at(std::string_view text, std::size_t offset);

[[nodiscard]] bool is_cpp(std::string_view path);
[[nodiscard]] bool is_under(std::string_view path, std::vector<std::string_view> const& prefixes);

// The files of the checkout that git tracks or would track; without git, all but the well-known
// ignored folders.
[[nodiscard]] std::vector<std::string> tracked_files(std::filesystem::path const& root);

[[nodiscard]] std::string read_file(std::filesystem::path const& file);
[[nodiscard]] bool is_text(std::string_view bytes);

}  // namespace retrylab::tidy
