#pragma once
// The port of the log: an append-only sequence of events in one total order. tests/conformance has
// the suite that every implementation passes; the one in memory is the reference.
//
// All calls are synchronous. A store belongs to one thread; only memory_event_store may be shared.

#include "events/chain.hpp"
#include "events/core/result.hpp"
#include "events/store_failure.hpp"
#include "events/stored_event.hpp"

#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace retrylab {

// An idempotency key and what was sent under it.
struct key_claim {
  std::string key;
  sha256_digest body;
};

// Streams that leave the log, each with the version that it must still have, by id; not the one
// with the highest id, from which the next ids come. `archive` is what find_purged() will answer.
struct stream_purge {
  struct stream {
    job_id job;
    stream_version version = 0;
  };
  std::vector<stream> streams;
  std::string archive;
};

// The events of one command: all are stored or none. One stream, versions without a gap; or the
// first events of several new streams. The store fills in the seqs, and the fences that follow from
// them. With a purge, the event is the
// Purged that tells of it, and a stream that has changed is a version_conflict. Placed events come
// from another log and have their seqs, which ascend and are above the log's last; what is missing
// between them was left out.
struct append_batch {
  std::vector<stored_event> events;
  std::optional<key_claim> claim{};
  std::optional<stream_purge> purge{};
  bool placed = false;
};

struct appended {
  seq first;
};
struct version_conflict {};  // the stream's newest version is not the one before the first event's
struct key_taken {           // the claim's key belongs to this job
  job_id job;
  bool same_body;
};
using append_outcome = std::variant<appended, version_conflict, key_taken>;

struct log_head {
  seq last{};
  timestamp at{};  // of the last event
  job_id last_job{};
  stream_version system_version = 0;
  std::uint64_t epoch = 0;  // of the last transaction
  sha256_digest chain{};
};

using events_or_failure = result<std::vector<stored_event>, store_failure>;

class event_reader {
 public:
  virtual ~event_reader() = default;
  // Of one stream, versions above `after`, oldest first, at most `limit`. A stream that does not
  // exist is empty.
  [[nodiscard]] virtual events_or_failure read_stream(job_id job, stream_version after,
                                                      std::size_t limit) = 0;
  // The whole streams of several jobs, in the order asked for, as of one moment.
  [[nodiscard]] virtual result<std::vector<std::vector<stored_event>>, store_failure> read_streams(
      std::span<job_id const> jobs) = 0;
  // Seqs above `after`, in order, at most `limit`. What is missing between them was purged.
  [[nodiscard]] virtual events_or_failure read_all(seq after, std::size_t limit) = 0;
  // The chain, links that end above `after`.
  [[nodiscard]] virtual result<std::vector<chain_link>, store_failure> read_chain(
      seq after, std::size_t limit) = 0;
  // The archive that the job's events went to; nothing when it was not purged.
  [[nodiscard]] virtual result<std::optional<std::string>, store_failure> find_purged(
      job_id job) = 0;
  [[nodiscard]] virtual result<log_head, store_failure> head() = 0;
};

class event_store : public event_reader {
 public:
  // Stores every batch that has no conflict, in the order given, in one transaction that is on disk
  // when this returns. A conflict concerns its batch alone. After a failure nothing of the group is
  // stored, or (kind::broken) it is not known, and the store must not be used again.
  [[nodiscard]] virtual result<std::vector<append_outcome>, store_failure> append(
      std::span<append_batch> group) = 0;
  // This opening of the log: one more than the one before.
  [[nodiscard]] virtual std::uint64_t epoch() const = 0;
};

}  // namespace retrylab
