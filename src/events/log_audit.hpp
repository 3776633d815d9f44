#pragma once
// Checks a log event by event, from its first, with the events that were purged from it in their
// places (those that a fork left out are missing, and counted): places, versions, time, decoding,
// legal transitions and the hash chain (invariants L1, L2, L5, L6, L10, J1 to J9, F1). What
// `retrylab verify` and the simulated world run.

#include "events/chain.hpp"
#include "events/core/job_state.hpp"
#include "events/core/system_events.hpp"
#include "events/stored_event.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace retrylab {

class log_audit {
 public:
  void see(stored_event const& event);
  // After the events it covers.
  void see(chain_link const& link);
  // When there is no more.
  void finish();

  // Sentences, with the seq; at most a hundred are kept.
  [[nodiscard]] std::vector<std::string> const& violations() const { return violations_; }
  [[nodiscard]] std::uint64_t events() const { return last_.value - left_out_; }
  // But for those that were purged.
  [[nodiscard]] std::map<job_id, job_state> const& jobs() const { return jobs_; }
  [[nodiscard]] std::uint64_t purged_jobs() const { return purged_jobs_; }
  // Of a log that began as a copy.
  [[nodiscard]] std::optional<forked> const& origin() const { return origin_; }

 private:
  void see_system_event(stored_event const& event);
  void see_purge(stored_event const& event, purged const& step);
  void see_job_event(stored_event const& event);
  void check_delay(job_state const& before, job_record const& record);
  void violation(seq at, std::string const& what);

  seq last_{};
  timestamp at_{};
  stream_version system_version_ = 0;
  std::map<job_id, job_state> jobs_;
  std::map<job_id, seq> fences_;
  std::map<job_id, int> ends_;  // of the present generation
  std::uint64_t purged_jobs_ = 0;
  std::uint64_t left_out_ = 0;  // seqs that no event had
  std::vector<std::pair<seq, std::string>> gaps_;
  std::optional<forked> origin_;  // the newest: it counts what copies before it left out too
  seq forked_at_{};
  std::uint64_t left_out_then_ = 0;
  std::vector<sha256_digest> unlinked_;
  std::set<job_id> unlinked_jobs_;
  sha256_digest chain_{};
  seq linked_{};
  std::string last_batch_id_;
  chain_hasher hasher_;
  std::vector<std::string> violations_;
};

}  // namespace retrylab
