#pragma once
// A reader of the log for who goes through all of it: while one batch is worked on, the next one is
// read and decoded on another thread. Building the views of a large log takes as long as the slower
// of the two instead of both.
//
// One thread at a time; nobody else may use the reader behind it meanwhile.

#include "events/event_store.hpp"

#include <future>

namespace retrylab {

class read_ahead final : public event_reader {
 public:
  explicit read_ahead(event_reader& behind) : behind_(behind) {}

  // Job events come decoded (`known`); one that cannot be decoded comes as it is, for the caller to
  // refuse. At most two batches of `limit` events are in memory.
  events_or_failure read_all(seq after, std::size_t limit) override;

  result<std::vector<std::vector<stored_event>>, store_failure> read_streams(
      std::span<job_id const> jobs) override;
  events_or_failure read_stream(job_id job, stream_version after, std::size_t limit) override;
  result<std::vector<chain_link>, store_failure> read_chain(seq after, std::size_t limit) override;
  result<std::optional<std::string>, store_failure> find_purged(job_id job) override;
  result<log_head, store_failure> head() override;

 private:
  events_or_failure read_decoded(seq after, std::size_t limit);
  // What was read ahead, if it is what is asked for. Afterwards nothing reads `behind_`.
  std::optional<events_or_failure> take(seq after, std::size_t limit);

  event_reader& behind_;
  seq next_after_{};
  std::size_t next_limit_ = 0;
  std::future<events_or_failure> next_;
};

}  // namespace retrylab
