#pragma once
// The table of kinds in SQLite, and the counts of what comes due: the same for the connection that
// writes and for those that read. One thread; throws sqlite_error.

#include "events/store/sqlite.hpp"
#include "events/views/kind_table.hpp"

namespace retrylab {

// CREATE TABLE kinds …, checkpoint …
[[nodiscard]] std::string kind_table_schema();

struct view_checkpoint {
  retrylab::seq seq{};
  timestamp due_as_of{};
};

class sqlite_kinds {
 public:
  explicit sqlite_kinds(sqlite_connection& db);
  [[nodiscard]] view_checkpoint checkpoint();
  // Kinds that `into` has already get new counts.
  void read(kind_table& into) { read(into, 0); }
  // Adds the kinds that `into` has not yet; the counts of the others stay as they are.
  void read_new(kind_table& into) { read(into, into.all().size()); }
  // As folding_view::due_between().
  [[nodiscard]] std::vector<kind_change> due_between(timestamp after, timestamp until);

 private:
  void read(kind_table& into, std::size_t known);
  sqlite_statement checkpoint_;
  sqlite_statement kinds_;
  sqlite_statement due_;
};

class sqlite_kinds_writer {
 public:
  explicit sqlite_kinds_writer(sqlite_connection& db);
  void save(kind_number number, job_kind const& kind);
  void save(view_checkpoint at);

 private:
  sqlite_statement kind_;
  sqlite_statement checkpoint_;
};

}  // namespace retrylab
