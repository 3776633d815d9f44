#pragma once
// SQLite with owners for its handles. Errors are thrown as sqlite_error inside the stores and views
// that use this, and turned into a store_failure at their ports by guarded().

#include "events/core/result.hpp"
#include "events/store_failure.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

struct sqlite3;
struct sqlite3_stmt;

namespace retrylab {

// Of the library that is linked, as in "3.40.1".
[[nodiscard]] char const* sqlite_version();

class sqlite_error : public std::runtime_error {
 public:
  sqlite_error(int code, std::string const& message) : std::runtime_error(message), code_(code) {}
  [[nodiscard]] int code() const { return code_; }

 private:
  int code_;
};

class sqlite_connection {
 public:
  enum class mode : unsigned char { read_only, read_write };
  sqlite_connection(std::filesystem::path const& file, mode how);
  ~sqlite_connection();
  sqlite_connection(sqlite_connection const&) = delete;
  sqlite_connection& operator=(sqlite_connection const&) = delete;

  void execute(char const* sql);
  // The first column of the first row, as text.
  [[nodiscard]] std::string query(char const* sql);
  [[nodiscard]] sqlite3* handle() const { return db_; }
  // Sets WAL and the given synchronous level and reads both back: what SQLite did not take is an
  // error.
  void use_wal(std::string_view synchronous);

 private:
  sqlite3* db_ = nullptr;
};

// Without a value: NULL.
using sqlite_value = std::variant<std::monostate, std::int64_t, std::string_view>;

// A prepared statement. Bind, then step until it says no, then reset; `once` does all three.
class sqlite_statement {
 public:
  sqlite_statement(sqlite_connection& db, std::string_view sql);
  ~sqlite_statement();
  sqlite_statement(sqlite_statement&& other) noexcept;
  sqlite_statement(sqlite_statement const&) = delete;
  sqlite_statement& operator=(sqlite_statement const&) = delete;

  // Text and blobs must stay alive until reset().
  sqlite_statement& bind(int index, std::int64_t value);
  sqlite_statement& bind(int index, std::string_view text);
  sqlite_statement& bind_blob(int index, std::string_view bytes);
  sqlite_statement& bind_null(int index);
  sqlite_statement& bind(int index, std::optional<std::int64_t> value);
  // To the parameters from the first on.
  sqlite_statement& bind(std::span<sqlite_value const> values);

  [[nodiscard]] bool step();
  // Runs a statement that returns no row. False: a uniqueness constraint refused it, and nothing
  // changed.
  [[nodiscard]] bool run();
  void reset();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view text(int column) const;  // until the next step or reset
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;

 private:
  void check(int code) const;
  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
};

// BEGIN … COMMIT; rolled back when left by an exception.
class sqlite_transaction {
 public:
  explicit sqlite_transaction(sqlite_connection& db, char const* begin = "BEGIN IMMEDIATE");
  ~sqlite_transaction();
  sqlite_transaction(sqlite_transaction const&) = delete;
  sqlite_transaction& operator=(sqlite_transaction const&) = delete;
  void commit();

 private:
  sqlite_connection& db_;
  bool open_ = true;
};

[[nodiscard]] store_failure to_failure(sqlite_error const& error);

// Runs `body` and turns what SQLite throws into a failure.
template <class T, class Body>
[[nodiscard]] result<T, store_failure> guarded(Body&& body) {
  try {
    return std::forward<Body>(body)();
  } catch (sqlite_error const& error) {
    return to_failure(error);
  }
}

}  // namespace retrylab
