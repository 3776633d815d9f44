// Rows in memory as a table: what a statement takes from it is what they are, all of them or none.

#include "events/store/sqlite_rows.hpp"

#include "temporary_directory.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace retrylab {
namespace {

using row = std::array<sqlite_value, 3>;

class sqlite_rows_table : public testing::Test {
 protected:
  sqlite_rows_table() : db_(directory_.path() / "a.db", sqlite_connection::mode::read_write) {
    db_.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, text TEXT, number INTEGER)");
    rows_.emplace(db_, std::tuple_size_v<row>);
    insert_.emplace(db_, "INSERT INTO kept SELECT * FROM rows");
  }
  bool insert(std::vector<row> const& rows) {
    return rows_->run(*insert_, rows.size(),
                      [&](std::size_t i) { return std::span<sqlite_value const>{rows[i]}; });
  }
  std::string kept(char const* what) {
    return db_.query((std::string{"SELECT "} + what + " FROM kept").c_str());
  }

  temporary_directory directory_;
  sqlite_connection db_;
  std::optional<sqlite_rows> rows_;
  std::optional<sqlite_statement> insert_;
};

TEST_F(sqlite_rows_table, gives_each_value_as_it_is) {
  constexpr std::string_view with_zero{"a\0b", 3};
  ASSERT_TRUE(insert({{1, with_zero, std::monostate{}}, {2, std::string_view{}, -7}}));
  sqlite_statement read{db_, "SELECT text, number FROM kept ORDER BY id"};
  ASSERT_TRUE(read.step());
  EXPECT_EQ(read.text(0), with_zero);
  EXPECT_TRUE(read.is_null(1));
  ASSERT_TRUE(read.step());
  EXPECT_FALSE(read.is_null(0));
  EXPECT_EQ(read.text(0), "");
  EXPECT_EQ(read.integer(1), -7);
}

TEST_F(sqlite_rows_table, is_another_one_at_each_run) {
  ASSERT_TRUE(insert({{1, "a", 1}, {2, "b", 1}}));
  ASSERT_TRUE(insert({}));
  ASSERT_TRUE(insert({{3, "c", 1}}));
  EXPECT_EQ(kept("group_concat(text, '')"), "abc");
  EXPECT_EQ(db_.query("SELECT count(*) FROM rows"), "0");  // of no run, it is empty
}

TEST_F(sqlite_rows_table, lets_a_row_reuse_the_text_of_the_one_before) {
  std::string text;
  row next;
  ASSERT_TRUE(rows_->run(*insert_, 3, [&](std::size_t i) {
    text.assign(20, static_cast<char>('a' + i));
    next = {static_cast<std::int64_t>(i), std::string_view{text}, 0};
    return std::span<sqlite_value const>{next};
  }));
  EXPECT_EQ(kept("group_concat(substr(text, 1, 1), '')"), "abc");
}

TEST_F(sqlite_rows_table, takes_all_rows_or_none) {
  ASSERT_TRUE(insert({{2, "before", 0}}));
  sqlite_transaction transaction{db_};
  ASSERT_TRUE(insert({{7, "before it", 0}}));
  EXPECT_FALSE(insert({{1, "a", 0}, {2, "taken", 0}, {3, "c", 0}}));
  ASSERT_TRUE(insert({{9, "after it", 0}}));
  transaction.commit();
  EXPECT_EQ(kept("group_concat(id)"), "2,7,9");
}

}  // namespace
}  // namespace retrylab
