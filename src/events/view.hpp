#pragma once
// The port of the read model of jobs: what lists, counts and recovery read. It is folded from the
// log and may be deleted at any time; its checkpoint says how far it is. One writer; readers see
// only whole applications.

#include "events/core/job_state.hpp"
#include "events/core/result.hpp"
#include "events/history.hpp"
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

enum class list_order : unsigned char { newest_first, oldest_first };  // by id

// Every part that is given must hold. Text is compared byte for byte, but A to Z as a to z.
struct job_query {
  std::vector<job_status> statuses{};  // as shown; empty: all
  std::optional<std::string> type{};
  std::optional<std::string> queue{};
  std::vector<std::string> tags{};           // the job has each of them
  std::optional<std::string> text{};         // is part of its type, a tag or its error's message
  std::optional<std::string> error{};        // is part of its error's message or type
  std::optional<timestamp> created_from{};   // included
  std::optional<timestamp> created_until{};  // not included
  list_order order = list_order::newest_first;
  std::optional<job_id> past{};  // the page begins right after this id, in the query's order
  std::size_t limit = 100;
};

// A view may end a page early, even empty, when it has looked at limits::list_rows jobs; `next`
// then goes on from there.
struct job_page {
  std::vector<job_state> jobs;   // in the query's order
  std::int64_t total = 0;        // matches, whatever the page
  bool estimated = false;        // whether the total is
  std::optional<job_id> next{};  // `past` of the next page; none: this is the last
};

// Matches of a query by when they were created, in equal parts of a stretch of time.
struct creation_histogram {
  struct bin {
    timestamp from{};
    std::int64_t jobs = 0;
    bool estimated = false;
    bool operator==(bin const&) const = default;
  };
  std::vector<bin> bins;
  timestamp until{};  // end of the last one, not included
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
  // In `bins` parts, at least one. From the query's `created_from`, or the first job that there is,
  // to its `created_until`, or `now`. Page and order of the query do not count.
  [[nodiscard]] virtual view_result<creation_histogram> histogram(job_query const& query,
                                                                  std::size_t bins,
                                                                  timestamp now) = 0;
  [[nodiscard]] virtual view_result<job_counts> counts(timestamp now) = 0;
  // Those of the jobs that exist, with the checkpoint that they are as of.
  [[nodiscard]] virtual view_result<job_snapshot> find(std::span<job_id const> jobs) = 0;
  // Jobs that have not ended, by id, above `after`: what a start must pick up again.
  [[nodiscard]] virtual view_result<std::vector<job_state>> unended(job_id after,
                                                                    std::size_t limit) = 0;
};

class job_view : public job_reader {
 public:
  // Events in order, above the checkpoint. Seqs that are missing were purged: whoever hands events
  // over has looked for them in the log. Undecodable ones are refused, never skipped.
  [[nodiscard]] virtual view_result<projection> apply(std::span<stored_event const> events) = 0;
  // Folded from the same events. Any thread, as long as the view lives.
  [[nodiscard]] virtual history_reader const& history() const = 0;
};

}  // namespace retrylab
