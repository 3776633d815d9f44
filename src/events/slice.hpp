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

// The first line of an export, in the form of an event with seq 0 and type "Exported". It promises
// the last one, except in the first format, which says here what is in that.
struct export_head {
  seq from{};
  timestamp at{};           // when its first event happened; in the first format `until`
  std::optional<seq> last;  // in the first format only
  std::uint64_t epoch = 0;  // of the log
  std::string chain;        // of the log, at or behind the last event, in hexadecimal
  seq chain_seq{};          // the event that this link ends at
  bool redacted = false;
  bool operator==(export_head const&) const = default;
};
inline constexpr std::string_view export_head_type = "Exported";

// The last line: what is cut off has none, and what was changed has another hash. It has seq 0 and
// the type "ExportEnded".
struct export_end {
  seq last{};
  timestamp until{};         // nothing else happened up to here
  std::uint64_t events = 0;  // lines between the first and this one
  std::string sha256;        // of these lines with their breaks, in hexadecimal
  bool operator==(export_end const&) const = default;
};
inline constexpr std::string_view export_end_type = "ExportEnded";

// In the newest format.
[[nodiscard]] stored_event to_event(export_head const& head);
[[nodiscard]] stored_event to_event(export_end const& end);
// The error says what is wrong.
[[nodiscard]] result<export_head, std::string> read_export_head(stored_event const& event);
[[nodiscard]] result<export_end, std::string> read_export_end(stored_event const& event);

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
