#include "events/store/sqlite_rows.hpp"

#include <sqlite3.h>

#include <string>
#include <utility>

namespace retrylab {

struct sqlite_rows::table {
  std::size_t columns;
  std::size_t count = 0;
  reader row{};
};

namespace {

struct open_table : sqlite3_vtab {
  sqlite_rows::table const* source = nullptr;
};

struct place : sqlite3_vtab_cursor {
  std::size_t row = 0;
  std::span<sqlite_value const> values{};

  // The rows before it are done with.
  void read() {
    sqlite_rows::table const& source = *static_cast<open_table const*>(pVtab)->source;
    if (row < source.count) values = source.row(row);
  }
};

place& at(sqlite3_vtab_cursor* cursor) { return *static_cast<place*>(cursor); }

int connect(sqlite3* db, void* source, int, char const* const*, sqlite3_vtab** made, char**) {
  auto const* const rows = static_cast<sqlite_rows::table const*>(source);
  std::string columns;
  for (std::size_t i = 0; i < rows->columns; ++i)
    columns.append(i == 0 ? "c" : ", c").append(std::to_string(i));
  auto opened = std::make_unique<open_table>();
  opened->source = rows;
  *made = opened.release();
  return sqlite3_declare_vtab(db, ("CREATE TABLE rows (" + columns + ")").c_str());
}

int disconnect(sqlite3_vtab* opened) {
  delete static_cast<open_table*>(opened);
  return SQLITE_OK;
}

// All of it, from the first row to the last, is all that it can do.
int choose_plan(sqlite3_vtab*, sqlite3_index_info*) { return SQLITE_OK; }

int open(sqlite3_vtab*, sqlite3_vtab_cursor** made) {
  *made = new place{};
  return SQLITE_OK;
}

int close(sqlite3_vtab_cursor* cursor) {
  delete &at(cursor);
  return SQLITE_OK;
}

int begin(sqlite3_vtab_cursor* cursor, int, char const*, int, sqlite3_value**) {
  at(cursor).row = 0;
  at(cursor).read();
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* cursor) {
  ++at(cursor).row;
  at(cursor).read();
  return SQLITE_OK;
}

int is_over(sqlite3_vtab_cursor* cursor) {
  return at(cursor).row >= static_cast<open_table const*>(cursor->pVtab)->source->count ? 1 : 0;
}

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* into, int index) {
  sqlite_value const& value = at(cursor).values[static_cast<std::size_t>(index)];
  if (auto const* const number = std::get_if<std::int64_t>(&value))
    sqlite3_result_int64(into, *number);
  if (auto const* const text = std::get_if<std::string_view>(&value))
    sqlite3_result_text64(into, text->data() ? text->data() : "", text->size(), SQLITE_STATIC,
                          SQLITE_UTF8);
  return SQLITE_OK;  // without a result it is NULL
}

int number_of(sqlite3_vtab_cursor* cursor, sqlite3_int64* row) {
  *row = static_cast<sqlite3_int64>(at(cursor).row);
  return SQLITE_OK;
}

// Without xCreate the table is simply there, under the name of its module.
sqlite3_module const rows_module = [] {
  sqlite3_module module{};
  module.xConnect = connect;
  module.xBestIndex = choose_plan;
  module.xDisconnect = disconnect;
  module.xOpen = open;
  module.xClose = close;
  module.xFilter = begin;
  module.xNext = next;
  module.xEof = is_over;
  module.xColumn = column;
  module.xRowid = number_of;
  return module;
}();

}  // namespace

sqlite_rows::sqlite_rows(sqlite_connection& db, std::size_t columns)
    : table_(std::make_unique<table>(table{columns})) {
  int const code = sqlite3_create_module(db.handle(), "rows", &rows_module, table_.get());
  if (code != SQLITE_OK) throw sqlite_error{code, sqlite3_errmsg(db.handle())};
}

sqlite_rows::~sqlite_rows() = default;

bool sqlite_rows::run(sqlite_statement& statement, std::size_t count, reader row) {
  table_->count = count;
  table_->row = std::move(row);
  bool const taken = statement.run();
  table_->count = 0;
  table_->row = nullptr;
  return taken;
}

}  // namespace retrylab
