#pragma once
// What one command of a job leads to: its own events, and those that are certain to follow and so
// share its commit (docs/decisions/0010). Seqs, and the fences that are seqs, come with the commit.
//
// Io thread only.

#include "actors/job_observer.hpp"
#include "events/core/decide.hpp"
#include "events/event_store.hpp"

namespace retrylab {

class job_draft {
 public:
  job_draft(job_id job, job_state before, timestamp now);

  // Of one decision. An illegal event is a bug that ends the process: a second net under decide().
  void add(std::vector<job_event> events);
  // The job starts at once when it has just been created and a slot is free, and an attempt that
  // takes no time ends at once. For a creation, observer.committed() or withdrawn() has to follow.
  void add_what_is_certain(job_observer& observer, decide_context const& context);

  // After all that was added.
  [[nodiscard]] job_state const& state();
  [[nodiscard]] std::span<job_record const> records() const { return records_; }
  // The rows of the records from `first` on.
  void encode_into(std::vector<stored_event>& rows, std::size_t first = 0) const;
  // The batch is on disk; `first`: the seq of the first record.
  struct placed_records {
    job_state state;  // after all of them
    std::vector<job_record> records;
  };
  [[nodiscard]] placed_records placed(seq first) &&;

 private:
  [[nodiscard]] bool begins() const;

  job_state state_;
  std::size_t applied_ = 0;  // records that state_ knows of
  job_id job_;
  timestamp now_;
  stream_version version_;
  generation_number generation_;
  std::vector<job_record> records_;
  std::optional<std::size_t> began_{};  // the Attempted among them
};

}  // namespace retrylab
