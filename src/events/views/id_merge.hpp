#pragma once
// Walks several runs of ids as one, in the order of a list and without repetition. Reads of each
// run only as much as is needed, a piece at a time. One thread; throws sqlite_error.

#include "events/store/sqlite.hpp"
#include "events/views/list_plan.hpp"

#include <map>

namespace retrylab {

// Ids from `first` up to, but not with, `end`.
struct id_span {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
};

// The statements that read a piece of each sort of run, prepared at first use.
class id_runs {
 public:
  explicit id_runs(sqlite_connection& db) : db_(db) {}
  // Up to `count` ids of the run in the span, in that order.
  void read(id_run const& run, id_span span, list_order order, std::size_t count,
            std::vector<std::uint64_t>& into);
  // All ids of waiting jobs in the span, in that order.
  void read_waiting(waiting_jobs run, timestamp now, id_span span, list_order order,
                    std::vector<std::uint64_t>& into);

 private:
  sqlite_statement& prepared(std::size_t sort, list_order order);
  sqlite_connection& db_;
  std::map<std::pair<std::size_t, list_order>, sqlite_statement> statements_;
  std::map<bool, sqlite_statement> waiting_;
};

struct merged_id {
  std::uint64_t id = 0;
  bool check = false;  // every run that has it holds jobs that do not match
};

class id_merge {
 public:
  // `page`: how many ids are likely to be taken.
  id_merge(id_runs& source, std::vector<planned_run> const& runs, id_span span, list_order order,
           timestamp now, std::size_t page);
  [[nodiscard]] std::optional<merged_id> next();

 private:
  struct branch {
    planned_run const* planned = nullptr;
    id_span rest;
    std::size_t piece = 0;  // ids to read next; 0: there are no more
    std::vector<std::uint64_t> ids{};
    std::size_t at = 0;
  };
  // Reads the next piece when the last one is used up. False at the end.
  bool fill(branch& b);
  [[nodiscard]] bool later(std::size_t a, std::size_t b) const;

  id_runs& source_;
  list_order order_;
  std::vector<branch> branches_;
  std::vector<std::size_t> heap_;  // of branches that have an id, the next one in front
};

}  // namespace retrylab
