#include "events/store/sqlite_event_store.hpp"

#include "events/core/assert.hpp"
#include "events/id_ranges.hpp"
#include "events/late_fence.hpp"

#include <algorithm>
#include <fcntl.h>
#include <memory>
#include <string>
#include <unistd.h>

namespace retrylab {
namespace {

constexpr std::int64_t application_id =
    0x52544c42;  // "RTLB", shown by file(1) and checked at opening
constexpr std::int64_t format = 2;

constexpr char const* schema = R"(
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  job INTEGER NOT NULL,
  version INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  data TEXT NOT NULL,
  UNIQUE (job, version)
) STRICT;
CREATE TABLE batches (
  last_seq INTEGER PRIMARY KEY,
  batch_id BLOB NOT NULL,
  epoch INTEGER NOT NULL,
  chain BLOB NOT NULL
) STRICT;
CREATE TABLE keys (
  key TEXT PRIMARY KEY,
  job INTEGER NOT NULL,
  body_hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER batches_are_never_changed BEFORE UPDATE ON batches BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER batches_are_never_deleted BEFORE DELETE ON batches BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
)";

using event_row = std::array<sqlite_value, 7>;

event_row row_of(stored_event const& e) {
  return {static_cast<std::int64_t>(e.seq.value),
          static_cast<std::int64_t>(e.job.value),
          std::int64_t{e.version},
          std::int64_t{e.generation},
          std::string_view{e.type},
          to_micros(e.at),
          std::string_view{e.data}};
}

std::string_view bytes(sha256_digest const& digest) {
  return {reinterpret_cast<char const*>(digest.data()), digest.size()};
}

// Since format 2. `purging` has rows only inside a transaction that purges; `purged` says for ever
// where a job's events went.
constexpr char const* purge_schema = R"(
CREATE TABLE purging (job INTEGER PRIMARY KEY CHECK (job > 0)) STRICT;
CREATE TABLE purged (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, archive TEXT NOT NULL) STRICT;
CREATE INDEX keys_by_job ON keys (job);
DROP TRIGGER IF EXISTS events_are_never_deleted;
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
WHEN NOT EXISTS (SELECT 1 FROM purging WHERE job = OLD.job)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
)";

// Before anything is written: is this ours?
void check_identity(sqlite_connection& db, std::filesystem::path const& file) {
  if (db.query("PRAGMA application_id") != std::to_string(application_id)) {
    throw sqlite_error{0, file.string() + " is not a RetryLab log"};
  }
  std::string const found = db.query("PRAGMA user_version");
  if (found != std::to_string(format) && found != std::to_string(format - 1)) {
    throw sqlite_error{0, file.string() + " has format " + found + "; this program reads format " +
                              std::to_string(format)};
  }
}

void prepare_file(sqlite_connection& db, std::filesystem::path const& file,
                  std::string const& synchronous) {
  bool const fresh = db.query("SELECT count(*) FROM sqlite_schema") == "0";
  if (fresh) {
    // Small pages: a commit of one event writes whole pages (docs/performance.md).
    db.execute("PRAGMA page_size=4096");
  } else {
    check_identity(db, file);
  }
  db.use_wal(synchronous);
  db.execute("PRAGMA cache_size=-16384");
  db.execute("PRAGMA wal_autocheckpoint=4000");  // fewer and larger: rarer pauses
  if (!fresh && db.query("PRAGMA user_version") == std::to_string(format)) return;
  sqlite_transaction creation{db};
  if (fresh) db.execute(schema);
  db.execute(purge_schema);
  db.execute(("PRAGMA application_id=" + std::to_string(application_id)).c_str());
  db.execute(("PRAGMA user_version=" + std::to_string(format)).c_str());
  creation.commit();
}

}  // namespace

// The last seq, in decimal. Written without a sync: it may lag after a power cut and is never
// ahead.
class sqlite_event_store::witness {
 public:
  explicit witness(std::filesystem::path const& file)
      : fd_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (fd_ < 0) throw sqlite_error{0, file.string() + ": cannot be opened"};
  }
  ~witness() { ::close(fd_); }
  witness(witness const&) = delete;
  witness& operator=(witness const&) = delete;

  [[nodiscard]] seq read() const {
    char text[width + 1] = {};
    if (::pread(fd_, text, width, 0) <= 0) return {};
    return seq{std::strtoull(text, nullptr, 10)};
  }
  void write(seq last) const {
    std::string text = std::to_string(last.value);
    text.insert(0, width - text.size(), '0');
    // A witness that lags only weakens the check at the next start, so a failure here fails
    // nothing.
    [[maybe_unused]] auto const written = ::pwrite(fd_, text.data(), text.size(), 0);
  }

 private:
  static constexpr std::size_t width = 20;
  int fd_;
};

// Takes whole streams out of the log, inside the transaction that tells of it.
class sqlite_event_store::purger {
 public:
  explicit purger(sqlite_connection& db)
      : allow_(db, "INSERT INTO purging (job) VALUES (?)"),
        delete_keys_(db, "DELETE FROM keys WHERE job IN (SELECT job FROM purging)"),
        delete_events_(db, "DELETE FROM events WHERE job IN (SELECT job FROM purging)"),
        forbid_(db, "DELETE FROM purging"),
        note_(db, "INSERT INTO purged (first, last, archive) VALUES (?, ?, ?)") {}

  void run(stream_purge const& purge) {
    std::vector<job_id> jobs;
    for (auto const& [job, version] : purge.streams) {
      jobs.push_back(job);
      must(allow_.bind(1, static_cast<std::int64_t>(job.value)));
    }
    must(delete_keys_);
    must(delete_events_);
    must(forbid_);
    for (id_range const& range : ranges_of(jobs)) {
      note_.bind(1, static_cast<std::int64_t>(range.first.value))
          .bind(2, static_cast<std::int64_t>(range.last.value));
      must(note_.bind(3, std::string_view{purge.archive}));
    }
  }

 private:
  static void must(sqlite_statement& statement) {
    RETRYLAB_ASSERT(statement.run(), "a job is purged once");
  }

  sqlite_statement allow_;
  sqlite_statement delete_keys_;
  sqlite_statement delete_events_;
  sqlite_statement forbid_;
  sqlite_statement note_;
};

sqlite_event_store::sqlite_event_store(std::filesystem::path const& file,
                                       sqlite_log_options const& options)
    : db_(file, sqlite_connection::mode::read_write) {
  prepare_file(db_, file, options.synchronous);
  constexpr std::string_view into =
      "INSERT INTO events (seq, job, version, generation, type, at, data) ";
  rows_.emplace(db_, std::tuple_size_v<event_row>);
  insert_event_.emplace(db_, std::string{into} + "VALUES (?, ?, ?, ?, ?, ?, ?)");
  insert_events_.emplace(db_, std::string{into} + "SELECT * FROM rows");
  insert_link_.emplace(
      db_, "INSERT INTO batches (last_seq, batch_id, epoch, chain) VALUES (?, ?, ?, ?)");
  insert_key_.emplace(db_, "INSERT INTO keys (key, job, body_hash) VALUES (?, ?, ?)");
  delete_key_.emplace(db_, "DELETE FROM keys WHERE key = ?");
  find_key_.emplace(db_, "SELECT job, body_hash FROM keys WHERE key = ?");
  find_version_.emplace(db_,
                        "SELECT version FROM events WHERE job = ? ORDER BY version DESC LIMIT 1");
  reader_ = std::make_unique<sqlite_event_reader>(file);
  purger_ = std::make_unique<purger>(db_);
  witness_ = std::make_unique<witness>(file.string() + ".head");
  auto head = reader_->head();
  if (!head) throw sqlite_error{0, head.error().message};
  head_ = *head;
  epoch_ = std::max(head_.epoch + 1, options.first_epoch);
  seq const promised = witness_->read();
  if (promised > head_.last && !options.accept_loss) {
    throw sqlite_error{0, file.string() + " ends at event " + std::to_string(head_.last.value) +
                              ", but event " + std::to_string(promised.value) +
                              " was committed: the log was cut or replaced"};
  }
  if (auto const why = defect()) throw sqlite_error{0, file.string() + ": " + *why};
  witness_->write(head_.last);
}

sqlite_event_store::~sqlite_event_store() = default;

result<std::unique_ptr<sqlite_event_store>, store_failure> sqlite_event_store::open(
    std::filesystem::path const& file, sqlite_log_options const& options) {
  auto opened = guarded<std::unique_ptr<sqlite_event_store>>(
      [&] { return std::unique_ptr<sqlite_event_store>{new sqlite_event_store{file, options}}; });
  if (!opened) return store_failure{store_failure::kind::refused, opened.error().message};
  return opened;
}

// Whether the newest link fits the events it covers. The whole chain is the business of `retrylab
// verify`.
std::optional<std::string> sqlite_event_store::defect() {
  sqlite_statement last_two{db_,
                            "SELECT last_seq, chain FROM batches ORDER BY last_seq DESC LIMIT 2"};
  if (!last_two.step())
    return head_.last == seq{} ? std::nullopt
                               : std::optional<std::string>{"events without a chain link"};
  auto const covered = static_cast<std::uint64_t>(last_two.integer(0));
  std::string const stored{last_two.text(1)};
  sha256_digest before{};
  seq from{};
  if (last_two.step()) {
    from.value = static_cast<std::uint64_t>(last_two.integer(0));
    std::string_view const text = last_two.text(1);
    std::copy_n(text.begin(), std::min(text.size(), before.size()), before.begin());
  }
  last_two.reset();
  if (covered != head_.last.value)
    return "its last event is " + std::to_string(head_.last.value) + ", its chain ends at " +
           std::to_string(covered);
  auto const events = reader_->read_all(from, head_.last.value - from.value);
  if (!events) return events.error().message;
  std::vector<sha256_digest> digests;
  for (stored_event const& event : *events) digests.push_back(hasher_.digest(event));
  if (bytes(hasher_.link(before, digests)) != stored) {
    return "events " + std::to_string(from.value + 1) + " to " + std::to_string(covered) +
           " do not fit their chain link";
  }
  return std::nullopt;
}

events_or_failure sqlite_event_store::read_stream(job_id job, stream_version after,
                                                  std::size_t limit) {
  return reader_->read_stream(job, after, limit);
}
result<std::vector<std::vector<stored_event>>, store_failure> sqlite_event_store::read_streams(
    std::span<job_id const> jobs) {
  return reader_->read_streams(jobs);
}
events_or_failure sqlite_event_store::read_all(seq after, std::size_t limit) {
  return reader_->read_all(after, limit);
}
result<std::vector<chain_link>, store_failure> sqlite_event_store::read_chain(seq after,
                                                                              std::size_t limit) {
  return reader_->read_chain(after, limit);
}

result<std::optional<std::string>, store_failure> sqlite_event_store::find_purged(job_id job) {
  return reader_->find_purged(job);
}

// All or none.
bool sqlite_event_store::insert(std::span<stored_event const> events) {
  event_row row;
  if (events.size() == 1) return insert_event_->bind(row = row_of(events.front())).run();
  return rows_->run(*insert_events_, events.size(), [&](std::size_t i) {
    row = row_of(events[i]);
    return std::span<sqlite_value const>{row};
  });
}

bool sqlite_event_store::has_version(job_id job, stream_version version) {
  bool const has = find_version_->bind(1, static_cast<std::int64_t>(job.value)).step() &&
                   find_version_->integer(0) == std::int64_t{version};
  find_version_->reset();
  return has;
}

append_outcome sqlite_event_store::append_one(append_batch& batch, log_head& head) {
  stored_event const& first = batch.events.front();
  auto const job = static_cast<std::int64_t>(first.job.value);
  if (first.version > 1 && !has_version(first.job, first.version - 1)) return version_conflict{};
  if (batch.purge) {
    for (auto const& [purged, version] : batch.purge->streams) {
      if (!has_version(purged, version)) return version_conflict{};
      RETRYLAB_ASSERT(purged < head.last_job, "the newest job stays, and with it its id");
    }
    purger_->run(*batch.purge);
  }
  if (batch.claim) {
    if (!insert_key_->bind(1, std::string_view{batch.claim->key})
             .bind(2, job)
             .bind_blob(3, bytes(batch.claim->body))
             .run()) {
      RETRYLAB_ASSERT(find_key_->bind(1, std::string_view{batch.claim->key}).step(),
                      "a taken key has a row");
      key_taken const taken{job_id{static_cast<std::uint64_t>(find_key_->integer(0))},
                            find_key_->text(1) == bytes(batch.claim->body)};
      find_key_->reset();
      return taken;
    }
  }
  log_head next = head;
  for (stored_event& event : batch.events) {
    RETRYLAB_ASSERT(event.at >= next.at, "time in the log never decreases");
    RETRYLAB_ASSERT(!batch.placed || event.seq > next.last, "seqs in the log ascend");
    if (!batch.placed) event.seq = next.last.next();
    give_fence(event);
    next.last = event.seq;
    next.at = event.at;
    next.last_job = std::max(next.last_job, event.job);
    if (event.job == system_id) next.system_version = event.version;
  }
  if (!insert(batch.events)) {  // another writer has one of these versions
    if (batch.claim) (void)delete_key_->bind(1, std::string_view{batch.claim->key}).run();
    return version_conflict{};
  }
  for (stored_event const& event : batch.events) digests_.push_back(hasher_.digest(event));
  head = next;
  return appended{first.seq};
}

void sqlite_event_store::insert_link(log_head const& head) {
  std::string const id = make_batch_id(epoch_, transactions_ + 1);
  insert_link_->bind(1, static_cast<std::int64_t>(head.last.value)).bind_blob(2, id);
  insert_link_->bind(3, static_cast<std::int64_t>(epoch_)).bind_blob(4, bytes(head.chain));
  RETRYLAB_ASSERT(insert_link_->run(), "a transaction's link is new");
}

std::vector<append_outcome> sqlite_event_store::append_group(std::span<append_batch> group) {
  log_head next = head_;
  digests_.clear();
  std::vector<append_outcome> outcomes;
  outcomes.reserve(group.size());
  sqlite_transaction transaction{db_};
  for (append_batch& batch : group) outcomes.push_back(append_one(batch, next));
  if (!digests_.empty()) {
    next.chain = hasher_.link(head_.chain, digests_);
    next.epoch = epoch_;
    insert_link(next);
  }
  transaction.commit();
  ++transactions_;
  head_ = next;
  witness_->write(head_.last);
  return outcomes;
}

result<std::vector<append_outcome>, store_failure> sqlite_event_store::append(
    std::span<append_batch> group) {
  return guarded<std::vector<append_outcome>>([&] { return append_group(group); });
}

}  // namespace retrylab
