#include "events/views/sqlite_history.hpp"

#include "events/core/assert.hpp"

namespace retrylab {
namespace {

constexpr int kinds = static_cast<int>(history_event_names.size());
constexpr int latencies = static_cast<int>(latency_names.size());

// Small rows are added at most so often before slots are written, also when time stands still.
constexpr std::size_t waits_max = 200;

std::string columns() {
  std::string all = "start";
  for (std::string_view name : history_event_names) all += ", " + std::string{name};
  for (std::string_view name : latency_names) all += ", " + std::string{name};
  return all;
}

std::string column_definitions() {
  std::string sql = "  start INTEGER NOT NULL,  -- microseconds since 1970\n";
  for (std::string_view name : history_event_names)
    sql += "  " + std::string{name} + " INTEGER NOT NULL,\n";
  for (std::string_view name : latency_names)
    sql += "  " + std::string{name} + " TEXT NOT NULL,  -- us: sum max bucket:times …\n";
  return sql;
}

// From the column of its start on.
history_slot read_slot(sqlite_statement const& row, int first) {
  history_slot slot;
  slot.start = from_micros(row.integer(first));
  for (int i = 0; i < kinds; ++i)
    slot.counts[static_cast<std::size_t>(i)] =
        static_cast<std::uint64_t>(row.integer(first + 1 + i));
  for (int i = 0; i < latencies; ++i) {
    auto histogram = sparse_histogram::from_text(row.text(first + 1 + kinds + i));
    if (!histogram) throw sqlite_error{0, "the view has a histogram that is none"};
    slot.latencies[static_cast<std::size_t>(i)] = std::move(*histogram);
  }
  return slot;
}

}  // namespace

std::string history_table_schema() {
  return "CREATE TABLE history (\n"
         "  resolution INTEGER NOT NULL,  -- 0 second, 1 minute, 2 hour, 3 ever\n" +
         column_definitions() +
         "  PRIMARY KEY (resolution, start)\n) STRICT, WITHOUT ROWID;\n"
         "CREATE TABLE history_added (  -- seconds, to be added to the slots above\n" +
         column_definitions() + "  n INTEGER PRIMARY KEY\n) STRICT;\n";
}

sqlite_history::sqlite_history(sqlite_connection& db)
    : read_(db, "SELECT resolution, " + columns() + " FROM history ORDER BY resolution, start"),
      read_added_(db, "SELECT " + columns() + " FROM history_added ORDER BY n"),
      save_(db, "INSERT OR REPLACE INTO history (resolution, " + columns() +
                    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      save_added_(db, "INSERT INTO history_added (" + columns() +
                          ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      clear_added_(db, "DELETE FROM history_added"),
      expire_(db, "DELETE FROM history WHERE resolution = ? AND start < ?") {}

void sqlite_history::read(history_view& into) {
  while (read_.step()) into.restore(static_cast<resolution>(read_.integer(0)), read_slot(read_, 1));
  read_.reset();
  history_delta added;
  while (read_added_.step()) added.add(read_slot(read_added_, 0));
  read_added_.reset();
  collect(into.apply(std::move(added)));
}

void sqlite_history::collect(history_view::changes const& changes) {
  for (auto const& [of, slot] : changes.slots) unwritten_[{of, slot->start}] = slot;
  kept_from_ = changes.kept_from;
  expired_ |= changes.expired;
}

void sqlite_history::write(sqlite_statement& row, int first, history_slot const& slot) {
  row.bind(first, to_micros(slot.start));
  for (int i = 0; i < kinds; ++i)
    row.bind(first + 1 + i, static_cast<std::int64_t>(slot.counts[static_cast<std::size_t>(i)]));
  std::array<std::string, latency_names.size()> texts;
  for (int i = 0; i < latencies; ++i) {
    auto const n = static_cast<std::size_t>(i);
    texts[n] = slot.latencies[n].to_text();
    row.bind(first + 1 + kinds + i, std::string_view{texts[n]});
  }
  RETRYLAB_ASSERT(row.run(), "a replacement meets no conflict");
}

void sqlite_history::save(history_view::changes const& changes) {
  collect(changes);
  bool time_went_on = false;
  for (history_slot const& second : changes.added) {
    if (second.start <= newest_) continue;
    newest_ = second.start;
    time_went_on = true;
  }
  if (time_went_on || ++waited_ >= waits_max) return write_slots();
  for (history_slot const& second : changes.added) write(save_added_, 1, second);
}

void sqlite_history::write_slots() {
  waited_ = 0;
  for (auto const& [key, slot] : unwritten_) {
    auto const r = static_cast<std::size_t>(key.first);
    if (slot->start < kept_from_[r]) continue;
    save_.bind(1, static_cast<std::int64_t>(r));
    write(save_, 2, *slot);
  }
  unwritten_.clear();
  RETRYLAB_ASSERT(clear_added_.run(), "a deletion meets no conflict");
  if (!std::exchange(expired_, false)) return;
  for (std::size_t r = 0; r < resolutions; ++r) {
    expire_.bind(1, static_cast<std::int64_t>(r)).bind(2, to_micros(kept_from_[r]));
    RETRYLAB_ASSERT(expire_.run(), "a deletion meets no conflict");
  }
}

}  // namespace retrylab
