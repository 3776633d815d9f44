#pragma once
// Log and archive as one: every event that was ever committed, in order of seq, wherever it is now.
// What `verify`, `export` and the building of views read. Streams, chain and head are those of the
// log.
//
// A purge may move events while this reads: a page of the log is read before the list of segments,
// so that an event is in one of them or in both, never in neither. One thread.

#include "events/event_store.hpp"
#include "events/store/archive_merge.hpp"

#include <memory>

namespace retrylab {

class merged_log final : public event_reader {
 public:
  // `archive`: the directory of the segments; need not exist while the log has no Purged event.
  merged_log(std::shared_ptr<event_reader> log, std::filesystem::path archive,
             archive_merge::problem_handler report = {})
      : log_(std::move(log)), archive_(std::move(archive), std::move(report)) {}

  // Cheap when `after` is the last seq of the page before. May end a page early, but not with
  // nothing unless it is at the end. Segments that cannot be read are left out: see problems().
  events_or_failure read_all(seq after, std::size_t limit) override;

  events_or_failure read_stream(job_id job, stream_version after, std::size_t limit) override {
    return log_->read_stream(job, after, limit);
  }
  result<std::vector<std::vector<stored_event>>, store_failure> read_streams(
      std::span<job_id const> jobs) override {
    return log_->read_streams(jobs);
  }
  result<std::vector<chain_link>, store_failure> read_chain(seq after, std::size_t limit) override {
    return log_->read_chain(after, limit);
  }
  result<std::optional<std::string>, store_failure> find_purged(job_id job) override {
    return log_->find_purged(job);
  }
  result<log_head, store_failure> head() override { return log_->head(); }

  // Of what was read so far: segments that are missing or altered.
  [[nodiscard]] std::vector<std::string> const& problems() const { return archive_.problems(); }
  [[nodiscard]] std::size_t segments() const { return archive_.segments(); }

 private:
  std::shared_ptr<event_reader> log_;
  archive_merge archive_;
  stream_version purges_read_ = 0;  // of stream 0
};

}  // namespace retrylab
