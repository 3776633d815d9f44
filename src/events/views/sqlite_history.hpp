#pragma once
// The history at rest: one row for each slot, readable in the sqlite3 shell.
//
// Each application adds what is new, a small row, in the transaction that moves the checkpoint.
// Once in a second of log time the slots that changed are written instead, and the small rows go.
// So slots and small rows together are always as of the checkpoint, whatever is killed when, and a
// start replays nothing; to write four slots each time would cost three times as much. One thread;
// throws sqlite_error.

#include "events/store/sqlite.hpp"
#include "events/views/history_view.hpp"

namespace retrylab {

// CREATE TABLE history …, history_added …
[[nodiscard]] std::string history_table_schema();

class sqlite_history {
 public:
  explicit sqlite_history(sqlite_connection& db);
  // Before the first save().
  void read(history_view& into);
  void save(history_view::changes const& changes);

 private:
  // Ours until they are written.
  void collect(history_view::changes const& changes);
  void write(sqlite_statement& row, int first, history_slot const& slot);
  void write_slots();

  sqlite_statement read_;
  sqlite_statement read_added_;
  sqlite_statement save_;
  sqlite_statement save_added_;
  sqlite_statement clear_added_;
  sqlite_statement expire_;
  std::map<std::pair<resolution, timestamp>, std::shared_ptr<history_slot const>> unwritten_;
  std::array<timestamp, resolutions> kept_from_{};
  bool expired_ = false;
  timestamp newest_{};      // second that was added to
  std::size_t waited_ = 0;  // applications since slots were written
};

}  // namespace retrylab
