#pragma once
// All segments of an archive as one sequence of events in order of seq: a k-way merge. A segment is
// checked against its hash and opened when the merge comes to its first event, and closed after its
// last; limits::segments_open bounds the files that are open at once, and one event of each segment
// that has begun is in memory. A segment that is missing or altered is left out, and said. One
// thread.

#include "events/core/system_events.hpp"
#include "events/store/zstd_text.hpp"
#include "events/stored_event.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <vector>

namespace retrylab {

class archive_merge {
 public:
  // `report` hears of each problem when it is met.
  using problem_handler = std::function<void(std::string const& problem)>;
  explicit archive_merge(std::filesystem::path directory, problem_handler report = {})
      : directory_(std::move(directory)), report_(std::move(report)) {}
  archive_merge(archive_merge const&) = delete;
  archive_merge& operator=(archive_merge const&) = delete;
  ~archive_merge();

  // One more segment. Of its events those above the merge's place will come.
  void add(purged const& step);
  // The next event will be the first one above `after`. Going back reads from the beginning of the
  // segments again.
  void seek(seq after);
  // The next event, without taking it; nothing at the end.
  [[nodiscard]] stored_event const* peek();
  [[nodiscard]] stored_event take();

  [[nodiscard]] std::size_t segments() const { return segments_.size(); }
  // Sentences that name the segment and its Purged event; each segment once.
  [[nodiscard]] std::vector<std::string> const& problems() const { return problems_; }

 private:
  struct segment {
    purged step;
    std::unique_ptr<zstd_lines> lines;  // none: not begun, or closed to be opened again
    std::uint64_t read = 0;             // lines
    stored_event next;                  // when it is in heads_
    bool checked = false;
    bool bad = false;
  };
  struct later {
    bool operator()(segment const* a, segment const* b) const { return a->next.seq > b->next.seq; }
  };
  void begin_due();
  // Whether `s` has a next event above after_.
  [[nodiscard]] bool advance(segment& s);
  [[nodiscard]] bool is_whole(segment& s);
  void bring_to_front(segment& s);
  void leave_out(segment& s, std::string const& why);

  std::filesystem::path directory_;
  problem_handler report_;
  std::vector<std::unique_ptr<segment>> segments_;
  std::multimap<seq, segment*> waiting_;  // by first seq
  std::priority_queue<segment*, std::vector<segment*>, later> heads_;
  std::vector<segment*> open_;  // the one used last comes last
  seq after_{};
  std::vector<std::string> problems_;
};

}  // namespace retrylab
