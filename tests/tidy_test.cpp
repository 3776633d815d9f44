// The laws of docs/architecture.md and the bans of CONTRIBUTING.md, run over the checkout. What the
// rules catch and let pass is tested in tests/tidy/rules_test.cpp.

#include "tidy/bans.hpp"
#include "tidy/layers.hpp"
#include "tidy/source_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace retrylab::tidy {
namespace {

std::filesystem::path const root{RETRYLAB_SOURCE_DIR};

std::vector<source_file> const& checkout() {
  static std::vector<source_file> const all = [] {
    std::vector<source_file> files;
    for (std::string& path : tracked_files(root)) {
      std::string bytes = read_file(root / path);
      if (is_text(bytes)) files.push_back(make_source(std::move(path), std::move(bytes)));
    }
    return files;
  }();
  return all;
}

std::vector<source_file> const& sources() {
  static std::vector<source_file> const all = [] {
    std::vector<source_file> files;
    std::ranges::copy_if(checkout(), std::back_inserter(files), [](source_file const& f) {
      return is_cpp(f.path) && f.path.starts_with("src/");
    });
    return files;
  }();
  return all;
}

void expect_none(findings const& found) {
  for (std::string const& f : found) ADD_FAILURE() << f;
}

TEST(tidy, the_checkout_is_there_to_be_read) {
  EXPECT_TRUE(
      std::ranges::any_of(checkout(), [](auto const& f) { return f.path == "CONTRIBUTING.md"; }))
      << "no checkout at " << root;
}

TEST(tidy, a_file_includes_only_lower_or_equal_layers) { expect_none(check_layers(sources())); }

TEST(tidy, no_file_includes_itself_in_a_circle) { expect_none(check_circles(sources())); }

TEST(tidy, the_three_laws_of_includes_hold) { expect_none(check_include_laws(sources())); }

TEST(tidy, nothing_banned_is_said) {
  for (source_file const& file : checkout()) {
    for (ban const& b : bans()) expect_none(check_ban(b, file));
  }
}

TEST(tidy, no_hand_written_file_is_too_long) {
  for (source_file const& file : checkout()) expect_none(check_size(file));
}

TEST(tidy, no_text_names_a_registry_host_or_a_place_on_one_machine) {
  for (source_file const& file : checkout()) expect_none(check_forbidden_texts(file));
}

}  // namespace
}  // namespace retrylab::tidy
