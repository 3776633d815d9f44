#include "events/store/archive_merge.hpp"

#include "events/core/limits.hpp"
#include "events/store/archive_line.hpp"
#include "events/store/archive_segments.hpp"

#include <algorithm>

namespace retrylab {

archive_merge::~archive_merge() = default;

void archive_merge::add(purged const& step) {
  segments_.push_back(std::make_unique<segment>());
  segment& s = *segments_.back();
  s.step = step;
  s.step.jobs = {};  // may be long, and is not looked at
  if (step.last_seq > after_) waiting_.emplace(step.first_seq, &s);
}

void archive_merge::seek(seq after) {
  bool const back = after < after_;
  after_ = after;
  if (!back) return;  // peek() passes over what lies between
  heads_ = {};
  waiting_.clear();
  open_.clear();
  for (auto const& s : segments_) {
    s->lines.reset();
    s->read = 0;
    if (s->step.last_seq > after) waiting_.emplace(s->step.first_seq, s.get());
  }
}

void archive_merge::leave_out(segment& s, std::string const& why) {
  if (!s.bad)
    problems_.push_back("archive segment " + s.step.archive + " " + why + " (" +
                        std::to_string(s.step.events) + " events of " +
                        std::to_string(s.step.count) + " jobs, " +
                        std::to_string(s.step.first_seq.value) + " to " +
                        std::to_string(s.step.last_seq.value) + ")");
  if (!s.bad && report_) report_(problems_.back());
  s.bad = true;
}

bool archive_merge::is_whole(segment& s) {
  if (s.bad || s.checked) return !s.bad;
  auto const hash = sha256_of_file(directory_ / s.step.archive);
  if (!hash) {
    leave_out(s, "is missing");
  } else if (*hash != s.step.sha256) {
    leave_out(s, "was altered: its SHA-256 is not the one in the log");
  }
  s.checked = true;
  return !s.bad;
}

void archive_merge::bring_to_front(segment& s) {
  auto const at = std::ranges::find(open_, &s);
  if (at != open_.end()) open_.erase(at);
  open_.push_back(&s);
  if (!s.lines) s.lines = std::make_unique<zstd_lines>(directory_ / s.step.archive, s.read);
  if (open_.size() <= limits::segments_open) return;
  open_.front()->lines.reset();  // goes on later at the line where it is
  open_.erase(open_.begin());
}

bool archive_merge::advance(segment& s) {
  if (!is_whole(s)) return false;
  bring_to_front(s);
  for (;;) {
    auto const line = s.lines->next();
    if (!line) return leave_out(s, line.error().message), false;
    if (!*line) break;
    ++s.read;
    auto event = parse_archive_line(**line);
    if (!event) return leave_out(s, "has a line that " + event.error()), false;
    s.next = std::move(*event);
    if (s.next.seq > after_) return true;
  }
  std::erase(open_, &s);
  s.lines.reset();
  return false;
}

// Segments whose first event comes before the ones that are at hand.
void archive_merge::begin_due() {
  while (!waiting_.empty()) {
    auto const first = waiting_.begin();
    if (!heads_.empty() && heads_.top()->next.seq < first->first) return;
    segment* const s = first->second;
    waiting_.erase(first);
    if (s->step.last_seq > after_ && advance(*s)) heads_.push(s);
  }
}

stored_event const* archive_merge::peek() {
  for (;;) {
    begin_due();
    if (heads_.empty()) return nullptr;
    segment* const s = heads_.top();
    if (s->next.seq > after_) return &s->next;
    heads_.pop();
    if (advance(*s)) heads_.push(s);
  }
}

stored_event archive_merge::take() {
  segment* const s = heads_.top();
  heads_.pop();
  stored_event event = std::move(s->next);
  after_ = event.seq;
  if (advance(*s)) heads_.push(s);
  return event;
}

}  // namespace retrylab
