#include "events/store/sqlite.hpp"

#include <sqlite3.h>

#include <utility>

namespace retrylab {
namespace {

constexpr int busy_timeout_ms = 5000;

[[noreturn]] void fail(sqlite3* db, std::string const& what) {
  throw sqlite_error{sqlite3_extended_errcode(db), what + ": " + sqlite3_errmsg(db)};
}

// Counting every allocation would take a lock that all connections share.
void configure_once() {
  static int const code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)code;  // refused when the library is in use already: slower, not wrong
}

}  // namespace

char const* sqlite_version() { return sqlite3_libversion(); }

sqlite_connection::sqlite_connection(std::filesystem::path const& file, mode how) {
  configure_once();
  int const flags =
      how == mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2(file.c_str(), &db_, flags | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
    sqlite_error const error{sqlite3_extended_errcode(db_),
                             file.string() + ": " + sqlite3_errmsg(db_)};
    sqlite3_close_v2(db_);
    throw error;
  }
  sqlite3_busy_timeout(db_, busy_timeout_ms);
}

sqlite_connection::~sqlite_connection() { sqlite3_close_v2(db_); }

void sqlite_connection::execute(char const* sql) {
  if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(db_, sql);
}

std::string sqlite_connection::query(char const* sql) {
  sqlite_statement s{*this, sql};
  return s.step() ? std::string{s.text(0)} : std::string{};
}

void sqlite_connection::use_wal(std::string_view synchronous) {
  std::string const journal = query("PRAGMA journal_mode=WAL");
  if (journal != "wal")
    throw sqlite_error{SQLITE_ERROR, "journal_mode is " + journal + ", not wal"};
  execute(("PRAGMA synchronous=" + std::string{synchronous}).c_str());
  std::string const level = query("PRAGMA synchronous");
  std::string const wanted = synchronous == "FULL" ? "2" : synchronous == "NORMAL" ? "1" : "0";
  if (level != wanted)
    throw sqlite_error{SQLITE_ERROR, "synchronous is " + level + ", not " + wanted};
}

sqlite_statement::sqlite_statement(sqlite_connection& db, std::string_view sql) : db_(db.handle()) {
  int const code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  if (code != SQLITE_OK) fail(db_, std::string{sql});
}

sqlite_statement::sqlite_statement(sqlite_statement&& other) noexcept
    : db_(other.db_), statement_(std::exchange(other.statement_, nullptr)) {}

sqlite_statement::~sqlite_statement() { sqlite3_finalize(statement_); }

void sqlite_statement::check(int code) const {
  if (code != SQLITE_OK) fail(db_, "bind");
}

sqlite_statement& sqlite_statement::bind(int index, std::int64_t value) {
  check(sqlite3_bind_int64(statement_, index, value));
  return *this;
}

sqlite_statement& sqlite_statement::bind(int index, std::string_view text) {
  check(sqlite3_bind_text64(statement_, index, text.data() ? text.data() : "", text.size(),
                            SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

sqlite_statement& sqlite_statement::bind_blob(int index, std::string_view bytes) {
  check(sqlite3_bind_blob64(statement_, index, bytes.data(), bytes.size(), SQLITE_STATIC));
  return *this;
}

sqlite_statement& sqlite_statement::bind_null(int index) {
  check(sqlite3_bind_null(statement_, index));
  return *this;
}

sqlite_statement& sqlite_statement::bind(int index, std::optional<std::int64_t> value) {
  return value ? bind(index, *value) : bind_null(index);
}

sqlite_statement& sqlite_statement::bind(std::span<sqlite_value const> values) {
  int index = 0;
  for (sqlite_value const& value : values) {
    ++index;
    std::visit(overloaded{[&](std::monostate) { bind_null(index); },
                          [&](auto const& known) { bind(index, known); }},
               value);
  }
  return *this;
}

bool sqlite_statement::step() {
  int const code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite_error const error{sqlite3_extended_errcode(db_), sqlite3_errmsg(db_)};
  sqlite3_reset(statement_);
  throw error;
}

bool sqlite_statement::run() {
  int const code = sqlite3_step(statement_);
  int const extended = sqlite3_extended_errcode(db_);
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_);
    return true;
  }
  std::string const message = sqlite3_errmsg(db_);
  sqlite3_reset(statement_);
  if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
    return false;
  throw sqlite_error{extended, message};
}

void sqlite_statement::reset() { sqlite3_reset(statement_); }

std::int64_t sqlite_statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view sqlite_statement::text(int column) const {
  auto const* bytes = static_cast<char const*>(sqlite3_column_blob(statement_, column));
  return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool sqlite_statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::optional<std::int64_t> sqlite_statement::optional_integer(int column) const {
  return is_null(column) ? std::nullopt : std::optional{integer(column)};
}

sqlite_transaction::sqlite_transaction(sqlite_connection& db, char const* begin) : db_(db) {
  db_.execute(begin);
}

sqlite_transaction::~sqlite_transaction() {
  if (open_) sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void sqlite_transaction::commit() {
  db_.execute("COMMIT");
  open_ = false;
}

store_failure to_failure(sqlite_error const& error) {
  bool const full = (error.code() & 0xff) == SQLITE_FULL;
  return {full ? store_failure::kind::disk_full : store_failure::kind::broken, error.what()};
}

}  // namespace retrylab
