#pragma once
// Rows in memory as a table that a statement reads. INSERT … SELECT keeps its place in the table
// and its indexes from row to row, where as many INSERTs look for it each time: a quarter of the
// CPU less for a thousand rows, a fifth more for a single one. (Virtual tables:
// sqlite.org/vtab.html)

#include "events/store/sqlite.hpp"

#include <functional>
#include <memory>
#include <span>

namespace retrylab {

// Belongs to one connection, and is made before the statements that read it. One thread.
class sqlite_rows {
 public:
  // A row by its number, asked for in order; its texts stay good until the next is asked for. Must
  // not throw, nor use the connection.
  using reader = std::function<std::span<sqlite_value const>(std::size_t row)>;

  // The table is called `rows` and has so many columns.
  sqlite_rows(sqlite_connection& db, std::size_t columns);
  ~sqlite_rows();
  sqlite_rows(sqlite_rows const&) = delete;
  sqlite_rows& operator=(sqlite_rows const&) = delete;

  // As sqlite_statement::run(): all rows are taken, or none.
  [[nodiscard]] bool run(sqlite_statement& statement, std::size_t count, reader row);

  struct table;

 private:
  std::unique_ptr<table> table_;
};

}  // namespace retrylab
