#pragma once
// The log in memory: the reference of the conformance suite, the log of `--ephemeral` and of the
// simulated world. Any thread may call; a mutex orders them.

#include "events/event_store.hpp"

#include <map>
#include <mutex>

namespace retrylab {

class memory_event_store final : public event_store {
 public:
  // `epoch`: of this opening.
  explicit memory_event_store(std::uint64_t epoch = 1) : epoch_(epoch) {}

  events_or_failure read_stream(job_id job, stream_version after, std::size_t limit) override;
  result<std::vector<std::vector<stored_event>>, store_failure> read_streams(
      std::span<job_id const> jobs) override;
  events_or_failure read_all(seq after, std::size_t limit) override;
  result<std::vector<chain_link>, store_failure> read_chain(seq after, std::size_t limit) override;
  result<std::optional<std::string>, store_failure> find_purged(job_id job) override;
  result<log_head, store_failure> head() override;
  result<std::vector<append_outcome>, store_failure> append(std::span<append_batch> group) override;
  std::uint64_t epoch() const override { return epoch_; }

  // The next opening of the same log, as after a crash.
  void reopen() {
    ++epoch_;
    transactions_ = 0;
  }

 private:
  struct claimed {
    job_id job;
    sha256_digest body;
  };
  append_outcome append_one(append_batch& batch);
  [[nodiscard]] stream_version version_of(job_id job) const;
  void remove(stream_purge const& purge);

  std::mutex mutex_;
  std::map<seq, stored_event> events_;
  seq last_{};  // not that of the last one in events_ while a purge is half done
  timestamp last_at_{};
  std::map<job_id, std::vector<seq>> streams_;
  std::map<std::string, claimed> keys_;
  std::map<job_id, std::string> purged_;  // the archive of each
  std::vector<chain_link> links_;
  chain_hasher hasher_;
  sha256_digest chain_{};
  std::uint64_t epoch_;
  std::uint64_t transactions_ = 0;
};

}  // namespace retrylab
