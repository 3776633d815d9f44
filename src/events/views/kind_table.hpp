#pragma once
// The kinds of jobs: each pair of queue and type that was ever used, with the number of its jobs in
// each status. The numbers are exact, so that lists know their totals, and which parts of an index
// are empty. One thread.

#include "events/view.hpp"

namespace retrylab {

// 1, 2, 3 … in the order of first use; never given anew.
using kind_number = std::uint32_t;

struct job_kind {
  std::string queue;
  std::string type;
  status_counts stored{};  // by status as stored
  status_counts due{};     // of these, the waiting ones whose time has come
};

// Jobs of one kind and stored status.
struct kind_change {
  kind_number kind = 0;
  job_status status{};
  std::int64_t jobs = 0;  // more than before; less when negative
};

// With due jobs counted as queued.
[[nodiscard]] status_counts shown_counts(job_kind const& kind);

class kind_table {
 public:
  // Adds the pair when it is new.
  [[nodiscard]] kind_number number_of(std::string_view queue, std::string_view type);
  // Whether this is the pair's number; 0 is no pair's.
  [[nodiscard]] bool is(kind_number kind, std::string_view queue, std::string_view type) const {
    return kind != 0 && at(kind).type == type && at(kind).queue == queue;
  }
  [[nodiscard]] job_kind& at(kind_number kind) { return kinds_.at(kind - 1); }
  [[nodiscard]] job_kind const& at(kind_number kind) const { return kinds_.at(kind - 1); }
  // By number, from 1.
  [[nodiscard]] std::vector<job_kind> const& all() const { return kinds_; }
  void count_due(kind_change const& change);
  [[nodiscard]] status_counts total() const;
  [[nodiscard]] job_counts sums(seq as_of) const;

 private:
  std::vector<job_kind> kinds_;
  using by_type = std::map<std::string, kind_number, std::less<>>;
  std::map<std::string, by_type, std::less<>> numbers_;  // by queue
};

}  // namespace retrylab
