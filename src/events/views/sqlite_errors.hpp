#pragma once
// The table of errors in SQLite. One thread; throws sqlite_error.

#include "events/store/sqlite.hpp"
#include "events/views/error_table.hpp"

namespace retrylab {

class sqlite_errors {
 public:
  explicit sqlite_errors(sqlite_connection& db)
      : rows_(db, "SELECT type, message FROM errors WHERE error > ? ORDER BY error") {}
  // Adds the errors that `into` has not yet.
  void read_new(error_table& into) {
    rows_.bind(1, static_cast<std::int64_t>(into.all().size()));
    while (rows_.step()) into.append({std::string{rows_.text(0)}, std::string{rows_.text(1)}});
    rows_.reset();
  }

 private:
  sqlite_statement rows_;
};

}  // namespace retrylab
