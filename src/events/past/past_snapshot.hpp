#pragma once
// A past_system in a file, so that a moment deep in a long log is reached without folding what lies
// before. Each is worth no more than the time it spares: it may be deleted, is left out when it
// cannot be read, and counts only for the log whose hash chain it names. Events of the system are
// not in it; there are few, and they are read again.
//
// Lines of text in one Zstandard file, state-<seq>.zst:
//   retrylab-past 1 <seq> <at, microseconds> <chain link at or behind it, hexadecimal>
//   k <count of each status …>\t<queue>\t<type>            kinds, by number
//   j <id> <kind> <status> <due, or 0> <seq>                jobs

#include "events/past/past_system.hpp"
#include "events/store_failure.hpp"

#include <filesystem>

namespace retrylab {

class past_snapshots {
 public:
  // An empty path: nothing is written, nothing found.
  explicit past_snapshots(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // Seqs at or before `target`, newest first.
  [[nodiscard]] std::vector<seq> before(seq target) const;
  [[nodiscard]] bool has(seq at) const;
  // Written beside and renamed. Nothing is made of a failure: the next reader folds longer.
  void write(past_system const& system, std::string_view chain) const;
  // Without the events of the system. Nothing when it cannot be read, or is of another log.
  [[nodiscard]] std::optional<past_system> read(seq at, std::string_view chain) const;

 private:
  [[nodiscard]] std::filesystem::path file_of(seq at) const;
  std::filesystem::path directory_;
};

}  // namespace retrylab
