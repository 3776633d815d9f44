#pragma once
// The port of the read model of jobs: what lists, counts and recovery read. It is folded from the
// log and may be deleted at any time; its checkpoint says how far it is. One writer; readers see
// only whole applications.

#include "events/core/job_state.hpp"
#include "events/core/result.hpp"
#include "events/store_failure.hpp"
#include "events/stored_event.hpp"

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace retrylab {

// Jobs in each status, indexed by job_status. Waiting jobs whose time has come count as queued.
using status_counts = std::array<std::int64_t, status_names.size()>;

struct job_counts {
  retrylab::seq seq{};  // as of
  status_counts total{};
  std::map<std::string, status_counts> by_queue;
  std::map<std::string, status_counts> by_type;
};

struct job_query {
  std::vector<job_status> statuses{};  // as shown; empty: all
  std::optional<std::string> type{};
  std::optional<std::string> queue{};
  std::optional<job_id> before{};  // the next page begins below this id
  std::size_t limit = 100;
};

struct job_page {
  std::vector<job_state> jobs;  // newest first
  std::int64_t total = 0;       // matches, whatever the page
  bool estimated = false;
  bool more = false;
};

struct job_snapshot {
  retrylab::seq seq{};  // as of
  std::vector<job_state> jobs;
};

// What one application of events did.
struct projection {
  seq from{};  // the checkpoint before
  seq to{};    // and after
  timestamp at{};
  std::vector<job_state> changed;  // newest state of each job that changed, by id
  status_counts counts{};          // at `at`
};

template <class T>
using view_result = result<T, store_failure>;

// `now` decides which waiting jobs read as queued.
class job_reader {
 public:
  virtual ~job_reader() = default;
  [[nodiscard]] virtual view_result<seq> checkpoint() = 0;
  [[nodiscard]] virtual view_result<job_page> list(job_query const& query, timestamp now) = 0;
  [[nodiscard]] virtual view_result<job_counts> counts(timestamp now) = 0;
  // Those of the jobs that exist, with the checkpoint that they are as of.
  [[nodiscard]] virtual view_result<job_snapshot> find(std::span<job_id const> jobs) = 0;
  // Jobs that have not ended, by id, above `after`: what a start must pick up again.
  [[nodiscard]] virtual view_result<std::vector<job_state>> unended(job_id after,
                                                                    std::size_t limit) = 0;
};

class job_view : public job_reader {
 public:
  // Events in order, the first right after the checkpoint. Undecodable ones are refused, never
  // skipped.
  [[nodiscard]] virtual view_result<projection> apply(std::span<stored_event const> events) = 0;
};

}  // namespace retrylab
