#pragma once
// Writes an export: its first line, its events as lines of JSON in order, and its last line, which
// says how many they are and the SHA-256 of their lines (decision 16). A run of the lab writes its
// trace so; two runs did the same exactly when that hash is equal. One thread.

#include "events/sha256_stream.hpp"
#include "events/slice.hpp"

#include <functional>

namespace retrylab {

class export_lines {
 public:
  using sink = std::function<void(std::string_view lines)>;

  // `write` gets the lines, many at a time; without it they are only counted and hashed.
  export_lines(export_head const& head, sink write);

  void add(stored_event const& event);
  // Writes the last line. `until`: nothing else happened up to here; without it, up to the last
  // event. The end.
  [[nodiscard]] export_end finish(std::optional<timestamp> until = std::nullopt);

 private:
  void flush();

  sha256_stream hash_;
  export_end end_;
  sink write_;
  std::string lines_;
};

}  // namespace retrylab
