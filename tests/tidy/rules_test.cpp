// Each rule on a sample that breaks it and one that keeps it: a test that cannot fail is worth
// nothing.

#include "bans.hpp"
#include "layers.hpp"
#include "source_file.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace retrylab::tidy {
namespace {

source_file header(std::string path, std::vector<std::string> const& quoted,
                   std::string const& angled = {}) {
  std::string text = "#pragma once\n";
  for (std::string const& q : quoted) text += "#include \"" + q + "\"\n";
  if (!angled.empty()) text += "#include <" + angled + ">\n";
  return make_source(std::move(path), std::move(text));
}

std::size_t count(findings const& found, std::string const& words) {
  std::size_t n = 0;
  for (std::string const& f : found) n += f.find(words) != std::string::npos ? 1 : 0;
  return n;
}

// source_file

TEST(tidy_source, comments_and_literals_are_no_code) {
  auto const code = [](std::string text) { return make_source("src/a.cpp", std::move(text)).code; };
  EXPECT_EQ(code("a;  // b\nc;"), "a;      \nc;");
  EXPECT_EQ(code("a; /* b\nc */ d;"), "a;     \n     d;");
  EXPECT_EQ(code(R"~(f("d // \" e");)~"), R"~(f("         ");)~");
  EXPECT_EQ(code(R"~(f('"', '\'', "x");)~"), R"~(f(' ', '  ', " ");)~");
  EXPECT_EQ(make_source("src/a.cpp", "f(\"a\");  // b").statements, "f(\"a\");      ");
}

TEST(tidy_source, a_raw_string_ends_at_its_own_delimiter) {
  source_file const f = make_source("src/a.cpp", "a = R\"x( \" )\" )x\"; b;");
  EXPECT_EQ(f.code, "a = R\"        )x\"; b;");
}

TEST(tidy_source, a_digit_separator_opens_no_literal) {
  source_file const f = make_source("src/a.cpp", "int a = 10'000; int b = 0xff'ff;");
  EXPECT_EQ(f.code, f.raw);
}

TEST(tidy_source, an_unfinished_literal_or_comment_ends_with_the_text) {
  for (std::string text : {"\"abc", "'", "/* abc", "R\"(abc", "R\"", "\"a\\"}) {
    EXPECT_EQ(make_source("src/a.cpp", text).code.size(), text.size());
  }
}

TEST(tidy_source, includes_are_read_but_not_from_comments) {
  source_file const f = make_source(
      "src/a.cpp",
      "#include \"a/b.hpp\"\n  #  include <map>\n// #include <set>\n/*\n#include <c>\n*/");
  auto const found = f.includes();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].target, "a/b.hpp");
  EXPECT_FALSE(found[0].angled);
  EXPECT_EQ(found[1].target, "map");
  EXPECT_TRUE(found[1].angled);
  EXPECT_EQ(found[1].line, 2U);
}

TEST(tidy_source, places_in_a_text) {
  EXPECT_EQ(line_of("a\nbc\nd", 2), 2U);
  EXPECT_EQ(line_at("a\nbc\nd", 0), "a");
  EXPECT_EQ(line_at("a\nbc\nd", 3), "bc");
  EXPECT_EQ(line_at("a\nbc\nd", 5), "d");
}

// layers

TEST(tidy_layers, each_folder_has_its_number) {
  EXPECT_EQ(layer_of("src/events/core/ids.hpp"), 0);
  EXPECT_EQ(layer_of("src/events/event_store.hpp"), 1);
  EXPECT_EQ(layer_of("src/events/views/job_row.hpp"), 2);
  EXPECT_EQ(layer_of("src/actors/runtime/spawn.hpp"), 3);
  EXPECT_EQ(layer_of("src/actors/job_actor.cpp"), 4);
  EXPECT_EQ(layer_of("src/actors/job_actors.cpp"), 6);
  EXPECT_EQ(layer_of("src/actors/queues/local_queue.hpp"), 5);
  EXPECT_EQ(layer_of("src/lab/world.hpp"), 7);
  EXPECT_EQ(layer_of("src/faktory/session.hpp"), 8);
  EXPECT_EQ(layer_of("src/bench/load.hpp"), 8);
  EXPECT_EQ(layer_of("src/app/main.cpp"), 9);
  EXPECT_EQ(layer_of("src/main.cpp"), std::nullopt);
}

TEST(tidy_layers, a_higher_layer_may_not_be_included) {
  auto const up =
      check_layers({header("src/events/core/a.hpp", {"http/b.hpp"}), header("src/http/b.hpp", {})});
  EXPECT_EQ(count(up, "src/events/core/a.hpp:2: layer 0 includes \"http/b.hpp\" of layer 8"), 1U);
  auto const down = check_layers({header("src/events/core/a.hpp", {}),
                                  header("src/http/b.hpp", {"events/core/a.hpp"}),
                                  header("src/faktory/c.hpp", {"http/b.hpp"})});
  EXPECT_TRUE(down.empty());
}

TEST(tidy_layers, a_file_without_a_place_and_a_relative_include_are_found) {
  EXPECT_EQ(count(check_layers({header("src/stray.hpp", {})}), "belongs to no layer"), 1U);
  auto const relative =
      check_layers({header("src/http/a.hpp", {"b.hpp", "generated_by_the_build.hpp"}),
                    header("src/http/b.hpp", {})});
  EXPECT_EQ(relative.size(), 1U);
  EXPECT_EQ(count(relative, "write it relative to src/"), 1U);
}

TEST(tidy_layers, a_circle_is_found_once) {
  auto const circle = check_circles(
      {header("src/lab/a.hpp", {"lab/b.hpp"}), header("src/lab/b.hpp", {"lab/c.hpp"}),
       header("src/lab/c.hpp", {"lab/a.hpp"}), header("src/lab/d.hpp", {"lab/a.hpp"})});
  EXPECT_EQ(circle.size(), 1U);
  EXPECT_EQ(count(circle, "src/lab/a.hpp -> src/lab/b.hpp -> src/lab/c.hpp -> src/lab/a.hpp"), 1U);
  EXPECT_TRUE(check_circles({header("src/lab/a.hpp", {"lab/b.hpp", "lab/c.hpp"}),
                             header("src/lab/b.hpp", {"lab/c.hpp"}), header("src/lab/c.hpp", {})})
                  .empty());
}

TEST(tidy_layers, the_three_laws) {
  EXPECT_EQ(check_include_laws({header("src/events/a.hpp", {}, "boost/asio/post.hpp")}).size(), 1U);
  EXPECT_TRUE(check_include_laws({header("src/actors/a.hpp", {}, "boost/asio/post.hpp")}).empty());
  EXPECT_EQ(
      check_include_laws({header("src/actors/a.hpp", {}, "boost/beast/core/error.hpp")}).size(),
      1U);
  EXPECT_TRUE(
      check_include_laws({header("src/http/a.hpp", {}, "boost/beast/core/error.hpp")}).empty());
  for (std::string database :
       {"sqlite3.h", "libpq-fe.h", "postgresql/libpq-fe.h", "hiredis/hiredis.h"}) {
    EXPECT_EQ(check_include_laws({header("src/http/a.hpp", {}, database)}).size(), 1U) << database;
    EXPECT_EQ(check_include_laws({header("src/faktory/a.hpp", {}, database)}).size(), 1U)
        << database;
    EXPECT_TRUE(check_include_laws({header("src/events/store/a.hpp", {}, database)}).empty())
        << database;
  }
}

TEST(tidy_layers, a_law_is_not_escaped_by_way_of_another_header) {
  auto const found = check_include_laws({header("src/http/a.hpp", {"events/store/b.hpp"}),
                                         header("src/events/store/b.hpp", {}, "sqlite3.h")});
  EXPECT_EQ(count(found, "src/events/store/b.hpp:2: <sqlite3.h> reaches src/http/a.hpp"), 1U);
}

// bans

TEST(tidy_bans, each_row_catches_its_sample_and_lets_the_other_pass) {
  for (ban const& b : bans()) {
    SCOPED_TRACE(b.pattern);
    std::string const folder = std::string{b.scope.front()};
    EXPECT_EQ(check_ban(b, make_source(folder + "x.cpp", std::string{b.catches})).size(), 1U)
        << b.catches;
    EXPECT_TRUE(check_ban(b, make_source(folder + "x.cpp", std::string{b.passes})).empty())
        << b.passes;
    EXPECT_NE(b.catches.find(b.hint), std::string_view::npos)
        << "the hint hides what the pattern catches";
  }
}

TEST(tidy_bans, each_row_holds_only_where_it_is_said_to) {
  for (ban const& b : bans()) {
    SCOPED_TRACE(b.pattern);
    EXPECT_TRUE(check_ban(b, make_source("docs/x.cpp", std::string{b.catches})).empty());
    EXPECT_TRUE(check_ban(b, make_source("src/x.md", std::string{b.catches})).empty());
    for (std::string_view place : b.allowed) {
      EXPECT_TRUE(
          check_ban(b, make_source(std::string{place} + "x.cpp", std::string{b.catches})).empty())
          << place;
    }
  }
}

TEST(tidy_bans, clocks_are_read_by_the_program_and_by_the_load_generator_only) {
  std::string const text = "auto t = std::chrono::steady_clock::now();";
  std::size_t refused = 0;
  for (ban const& b : bans()) {
    for (std::string path : {"src/app/a.cpp", "src/bench/a.cpp", "bench/floor/a.cpp"})
      EXPECT_TRUE(check_ban(b, make_source(path, text)).empty()) << path;
    refused += check_ban(b, make_source("src/http/a.cpp", text)).size();
  }
  EXPECT_EQ(refused, 1U);
}

TEST(tidy_bans, comments_and_literals_may_say_anything) {
  for (ban const& b : bans()) {
    SCOPED_TRACE(b.pattern);
    std::string const folder = std::string{b.scope.front()};
    EXPECT_TRUE(check_ban(b, make_source(folder + "x.cpp", "/* " + std::string{b.catches} + " */"))
                    .empty());
    EXPECT_TRUE(check_ban(b, make_source(folder + "x.cpp",
                                         "auto s = R\"~(" + std::string{b.catches} + ")~\";"))
                    .empty());
  }
}

TEST(tidy_bans, a_finding_names_the_line_and_the_way_out) {
  for (ban const& b : bans()) {
    if (b.hint != "detached") continue;
    findings const found =
        check_ban(b, make_source("src/a.cpp", "\n\nco_spawn(io, f(), asio::detached);"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0], "src/a.cpp:3: `asio::detached`; use spawn: detached swallows exceptions");
  }
}

TEST(tidy_bans, forbidden_texts_are_found_even_in_comments) {
  for (forbidden_text const& f : forbidden_texts()) {
    EXPECT_EQ(check_forbidden_texts(make_source("a.md", "x\nsee " + f.text + "y\n")).size(), 1U)
        << f.text;
  }
  EXPECT_TRUE(check_forbidden_texts(make_source("a.yml",
                                                ".github/workflows/ci.yml, net"
                                                "work/x"))
                  .empty());
}

TEST(tidy_bans, only_hand_written_files_have_a_size_limit) {
  std::string const longest(lines_max, '\n');
  for (std::string path :
       {"src/a/b.cpp", "tests/a.cpp", "ui/src/a.tsx", "scripts/run", "bench/a.py"}) {
    EXPECT_TRUE(check_size(make_source(path, longest)).empty()) << path;
    EXPECT_EQ(check_size(make_source(path, longest + '\n')).size(), 1U) << path;
  }
  for (std::string path :
       {"ui/package-lock.json", "ui/src/generated/api.ts", "tests/lab/seeds.txt", "docs/a.md"}) {
    EXPECT_TRUE(check_size(make_source(path, longest + '\n')).empty()) << path;
  }
}

// files

TEST(tidy_files, bytes_with_a_nul_are_no_text) {
  EXPECT_TRUE(is_text("abc"));
  EXPECT_FALSE(is_text(std::string_view{"a\0c", 3}));
}

TEST(tidy_files, the_checkout_lists_itself_without_what_is_built) {
  for (std::string const& path : tracked_files(RETRYLAB_SOURCE_DIR)) {
    EXPECT_FALSE(is_under(path, {".git/", "build/", ".cache/"})) << path;
  }
}

}  // namespace
}  // namespace retrylab::tidy
