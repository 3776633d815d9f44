#include "events/past/time_machine.hpp"

#include "events/event_codec.hpp"

namespace retrylab {
namespace {

using kind = past_failure::kind;

// The last multiple at or before.
seq floor_to(seq at, std::uint64_t step) { return seq{at.value - at.value % step}; }

std::optional<job_state> job_before(event_reader& log, job_id job, stream_version version) {
  auto const rows = log.read_stream(job, 0, version - 1);
  if (!rows) return std::nullopt;
  job_state state;
  for (stored_event const& row : *rows) {
    auto const record = decode(row);
    if (!record) return std::nullopt;
    evolve(state, *record);
  }
  return state;
}

}  // namespace

result<seq, past_failure> time_machine::find(timestamp at) {
  std::lock_guard const lock{mutex_};
  auto const head = log_->head();
  if (!head) return past_failure{kind::broken, {}, head.error().message};
  // The first event after `at` lies in (low, high].
  std::uint64_t low = 0;
  std::uint64_t high = head->last.value + 1;
  while (low + 1 < high) {
    std::uint64_t const middle = low + (high - low) / 2;
    auto const row = log_->read_all(seq{middle - 1}, 1);
    if (!row) return past_failure{kind::broken, {}, row.error().message};
    bool const later = row->empty() || row->front().at > at;
    later ? high = middle : low = middle;
  }
  return seq{low};
}

std::string time_machine::chain_at(seq at) {
  auto const links = log_->read_chain(seq{at.value - 1}, 1);
  return links && !links->empty() ? to_hex(links->front().chain) : std::string{};
}

// Those up to its place.
std::optional<std::string> time_machine::read_system_events(past_system& into) {
  seq const last = into.last();
  timestamp const at = into.at();
  for (stream_version version = 0;;) {
    auto const rows = log_->read_stream(system_id, version, limits::page_events);
    if (!rows) return rows.error().message;
    for (stored_event const& row : *rows) {
      if (row.seq > last) break;
      if (auto why = into.apply_system(row)) return why;
      version = row.version;
    }
    if (rows->size() < limits::page_events || rows->back().seq > last) break;
  }
  into.set_place(last, at);
  return std::nullopt;
}

std::shared_ptr<past_system> time_machine::from_snapshot(seq target, seq better_than) {
  for (seq const at : snapshots_.before(target)) {
    if (at <= better_than) return nullptr;
    auto found = snapshots_.read(at, chain_at(at));
    if (found && !read_system_events(*found))
      return std::make_shared<past_system>(std::move(*found));
  }
  return nullptr;
}

std::shared_ptr<past_system> time_machine::nearest(seq target) {
  bool const onwards = now_->last() <= target;
  shared best;
  for (shared const& each : kept_) {
    if (each->last() <= target && (!best || best->last() < each->last())) best = each;
  }
  if (onwards && (!best || best->last() <= now_->last())) best = now_;
  seq const known = best ? best->last() : seq{};
  // A file is worth its reading when it spares more than a step.
  if (auto snapshot = from_snapshot(target, seq{known.value + bounds_.step})) return snapshot;
  if (best == now_) return now_;
  return best ? std::make_shared<past_system>(*best) : std::make_shared<past_system>();
}

void time_machine::keep(shared state) {
  std::size_t entries = 0;
  kept_.push_front(std::move(state));
  for (shared const& each : kept_) entries += each->size();
  while (kept_.size() > 1 &&
         (kept_.size() > limits::past_kept || entries > limits::past_kept_jobs)) {
    entries -= kept_.back()->size();
    kept_.pop_back();
  }
}

// Between two pages: a state near the goal is kept for steps backwards, one at a snapshot's place
// is written.
void time_machine::pass(seq before, seq target) {
  seq const at = now_->last();
  if (floor_to(at, bounds_.snapshot) > floor_to(before, bounds_.snapshot) && !snapshots_.has(at))
    snapshots_.write(*now_, chain_at(at));
  bool const near = at.value + 2 * bounds_.step > target.value;
  if (near && floor_to(at, bounds_.step) > floor_to(before, bounds_.step))
    keep(std::make_shared<past_system const>(*now_));
}

std::optional<past_failure> time_machine::go_to(seq target) {
  auto const head = log_->head();
  if (!head) return past_failure{kind::broken, {}, head.error().message};
  if (target > head->last) return past_failure{kind::not_yet, head->last, {}};
  if (target < now_->last()) now_->step_back(target);
  now_ = nearest(target);
  auto const find = [this](job_id job, stream_version version) {
    return job_before(*log_, job, version);
  };
  std::size_t folded = 0;
  while (now_->last() < target) {
    seq const before = now_->last();
    // Up to the next place where a state may be remembered.
    std::uint64_t const stop = floor_to(before, bounds_.step).value + bounds_.step;
    std::uint64_t const until = std::min(stop, target.value);
    auto const limit = std::min<std::size_t>(until - before.value, limits::past_page);
    now_->note_undo(target.value - before.value <= limits::past_page);
    auto const rows = log_->read_all(before, limit);
    if (!rows) return past_failure{kind::broken, before, rows.error().message};
    for (stored_event const& row : *rows) {
      if (row.seq.value > until) break;
      if (auto why = now_->apply(row, find)) return past_failure{kind::broken, before, *why};
    }
    if (rows->empty() || rows->back().seq.value > until) now_->set_place(seq{until}, now_->at());
    pass(before, target);
    folded += rows->size();
    if (folded >= bounds_.events && now_->last() < target)
      return past_failure{kind::reading, now_->last(), {}};
  }
  // What is asked of a state walks over all its jobs: a copy has them side by side again.
  if (folded > bounds_.step) now_ = std::make_shared<past_system>(*now_);
  return std::nullopt;
}

}  // namespace retrylab
