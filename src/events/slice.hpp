#pragma once
// A part of a log that stands for itself (decision 13): from some event on everything, and of what
// is before that all events of the system and of the jobs that matter later. One thread.

#include "events/core/result.hpp"
#include "events/stored_event.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace retrylab {

// The first line of an export, in the form of an event with seq 0 and type "Exported".
struct export_head {
  seq from{};
  seq last{};
  timestamp until{};        // nothing else happened up to here
  std::uint64_t epoch = 0;  // of the log
  std::string chain;        // of the log, at or behind `last`, in hexadecimal
  seq chain_seq{};          // the event that this link ends at
  bool redacted = false;
  bool operator==(export_head const&) const = default;
};
inline constexpr std::string_view export_head_type = "Exported";

[[nodiscard]] stored_event to_event(export_head const& head);
// The error says what is wrong.
[[nodiscard]] result<export_head, std::string> read_export_head(stored_event const& event);

// Which jobs of the time before a slice belong to it: those that had not ended or were dead
// letters, those of batches that had not ended, the newest one, from which the next ids follow, and
// those that something happens to inside.
class slice_jobs {
 public:
  // Every event before the slice, in order; then every event of it.
  void before(stored_event const& event);
  void inside(stored_event const& event);
  [[nodiscard]] bool has(job_id job) const;

 private:
  void follow_batch(stored_event const& event);

  std::set<job_id> alive_;
  std::set<job_id> touched_;
  std::map<std::string, std::set<job_id>> batches_;  // their jobs
  job_id newest_{};
};

}  // namespace retrylab
