#pragma once
// The archive on disk: DIRECTORY/NNNNNNNN.ndjson.zst, one event a line (archive_line.hpp), in order
// of seq, whole streams of jobs that were purged together. A segment counts when a Purged event of
// the log names it; one that none names was left by a crash, and its events are still in the log.

#include "events/archive.hpp"
#include "events/core/system_events.hpp"
#include "events/event_store.hpp"

#include <filesystem>
#include <optional>

namespace retrylab {

[[nodiscard]] std::string segment_name(std::uint64_t number);

// Lower-case hexadecimal SHA-256 of a file; nothing when it cannot be read. Reads it into memory.
[[nodiscard]] std::optional<std::string> sha256_of_file(std::filesystem::path const& file);

class segment_directory final : public event_archive {
 public:
  // The directory is made when the first segment is written.
  explicit segment_directory(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // At a start, with the number of Purged events in the log: removes what a crash left. Refuses an
  // archive that has more than that beyond the log, because it belongs to another one.
  [[nodiscard]] std::optional<store_failure> tidy_up(std::uint64_t purges);

  // Written under another name, synced, renamed, and the directory synced.
  result<archived_segment, store_failure> write(std::uint64_t number,
                                                std::span<stored_event const> events) override;

 private:
  std::filesystem::path directory_;
};

// The Purged events of stream 0 above `after`, which is moved to the stream's end.
[[nodiscard]] result<std::vector<purged>, store_failure> read_purges(event_reader& log,
                                                                     stream_version& after);

}  // namespace retrylab
