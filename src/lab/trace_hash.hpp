#pragma once
// The trace of a run: its committed events as lines of JSON, in order, and the SHA-256 of these
// lines. Two runs did the same exactly when their hashes are equal; the hash of a run whose trace
// was written is that of the file.

#include "events/chain.hpp"

#include <functional>

namespace retrylab {

class trace_hash {
 public:
  using sink = std::function<void(std::string_view lines)>;

  // `write` gets the lines, many at a time; it may be empty.
  explicit trace_hash(sink write);
  ~trace_hash();
  trace_hash(trace_hash const&) = delete;
  trace_hash& operator=(trace_hash const&) = delete;

  void add(stored_event const& event);
  // Of all that was added. The end.
  [[nodiscard]] sha256_digest finish();

 private:
  struct context;
  void flush();
  std::unique_ptr<context> context_;
  sink write_;
  std::string lines_;
};

}  // namespace retrylab
