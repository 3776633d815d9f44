#include "floor/bare_table.hpp"

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>

namespace retrylab::floor {

bare_table::bare_table(std::filesystem::path const& file, std::string const& synchronous) {
  for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
  check(sqlite3_open(file.c_str(), &db_), SQLITE_OK);
  execute("PRAGMA page_size=16384");
  execute("PRAGMA journal_mode=WAL");
  execute("PRAGMA synchronous=" + synchronous);
  execute("PRAGMA cache_size=-65536");
  execute(
      "CREATE TABLE events (seq INTEGER PRIMARY KEY, job INTEGER NOT NULL, version INTEGER NOT "
      "NULL,"
      " generation INTEGER NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL, data TEXT NOT NULL,"
      " UNIQUE (job, version)) STRICT");
  check(sqlite3_prepare_v2(db_,
                           "INSERT INTO events (job, version, generation, type, at, data)"
                           " VALUES (?1, ?2, 1, ?3, ?4, ?5)",
                           -1, &insert_, nullptr),
        SQLITE_OK);
}

bare_table::~bare_table() {
  sqlite3_finalize(insert_);
  sqlite3_close(db_);
}

void bare_table::insert(row const& r) {
  auto const text = [&](int index, std::string_view value) {
    sqlite3_bind_text(insert_, index, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  };
  sqlite3_bind_int64(insert_, 1, r.job);
  sqlite3_bind_int64(insert_, 2, r.version);
  text(3, r.type);
  sqlite3_bind_int64(insert_, 4, r.at);
  text(5, r.data);
  check(sqlite3_step(insert_), SQLITE_DONE);
  sqlite3_reset(insert_);
}

void bare_table::execute(std::string const& sql) {
  check(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
}

void bare_table::check(int code, int expected) {
  if (code == expected) return;
  std::fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(db_));
  std::abort();
}

}  // namespace retrylab::floor
