#pragma once
// The log of a stage: it numbers events as every log does, but keeps only those of jobs that have
// not ended, and of these only what their state needs, so that a run of millions of jobs fits into
// memory: what a later event makes void is left out, and events that say the same are one. One
// thread.

#include "events/event_store.hpp"

#include <map>
#include <tuple>
#include <unordered_map>

namespace retrylab {

class stage_store final : public event_store {
 public:
  events_or_failure read_stream(job_id job, stream_version after, std::size_t limit) override;
  result<std::vector<std::vector<stored_event>>, store_failure> read_streams(
      std::span<job_id const> jobs) override;
  events_or_failure read_all(seq, std::size_t) override { return std::vector<stored_event>{}; }
  result<std::vector<chain_link>, store_failure> read_chain(seq, std::size_t) override {
    return std::vector<chain_link>{};
  }
  result<std::optional<std::string>, store_failure> find_purged(job_id) override {
    return std::optional<std::string>{};
  }
  result<log_head, store_failure> head() override { return log_head{.last = last_}; }
  result<std::vector<append_outcome>, store_failure> append(std::span<append_batch> group) override;
  std::uint64_t epoch() const override { return 1; }

  [[nodiscard]] seq last() const { return last_; }
  [[nodiscard]] std::size_t streams() const { return streams_.size(); }

 private:
  struct row {
    retrylab::seq seq;
    timestamp at;
    stream_version version;
    generation_number generation;
    std::shared_ptr<job_event const> event;
  };
  using shared_event = std::shared_ptr<job_event const>;
  // The first event that came with this key, as long as there is room for more.
  template <class Key>
  static shared_event same(std::map<Key, shared_event>& known, Key key, shared_event const& event);
  shared_event shared(shared_event const& event);
  append_outcome append_one(append_batch& batch);
  void keep(stored_event const& event);
  [[nodiscard]] std::vector<stored_event> read(job_id job) const;

  std::map<job_spec const*, shared_event> creations_;  // never iterated
  std::map<std::tuple<attempt_number, std::string, std::optional<milliseconds>>, shared_event>
      attempts_;
  std::map<std::tuple<failure_cause, std::string, std::string>, shared_event> failures_;
  seq last_{};
  stream_version system_version_ = 0;
  std::unordered_map<std::uint64_t, std::vector<row>> streams_;  // by job; never iterated
};

}  // namespace retrylab
