#pragma once
// The log's table without the log: the same columns and the same UNIQUE (job, version), WAL, and
// the same page and cache sizes, but no hash chain, no triggers, no checks. What SQLite itself can
// do.
//
// Any error ends the program: a measurement with errors is none. One thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace retrylab::floor {

struct row {
  std::int64_t job = 0;
  std::int64_t version = 0;
  std::string_view type;  // a literal
  std::int64_t at = 0;    // microseconds since 1970
  std::string data;
};

class bare_table {
 public:
  // A new file; one that is there is replaced. `synchronous`: FULL, NORMAL or OFF.
  bare_table(std::filesystem::path const& file, std::string const& synchronous);
  ~bare_table();
  bare_table(bare_table const&) = delete;
  bare_table& operator=(bare_table const&) = delete;

  void begin() { execute("BEGIN IMMEDIATE"); }
  void insert(row const& r);
  void commit() { execute("COMMIT"); }

 private:
  void execute(std::string const& sql);
  void check(int code, int expected);

  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

}  // namespace retrylab::floor
