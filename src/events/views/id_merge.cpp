#include "events/views/id_merge.hpp"

#include "events/core/limits.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::size_t piece_min = 8;
constexpr std::size_t piece_max = 1024;

// By the place of the run in id_run: ?1 ?2 the span, ?3 the count, ?4 ?5 the run's own.
constexpr std::array<std::string_view, 4> sources{
    "jobs WHERE ",
    "jobs WHERE kind = ?4 AND status = ?5 AND ",
    "job_tags WHERE tag = ?4 AND ",
    "jobs WHERE error = ?4 AND status = ?5 AND ",
};

void sort(std::vector<std::uint64_t>& ids, list_order order) {
  std::sort(ids.begin(), ids.end());
  if (order == list_order::newest_first) std::reverse(ids.begin(), ids.end());
}

}  // namespace

sqlite_statement& id_runs::prepared(std::size_t sort_of_run, list_order order) {
  std::pair const key{sort_of_run, order};
  auto found = statements_.find(key);
  if (found == statements_.end()) {
    std::string const sql = "SELECT id FROM " + std::string{sources.at(sort_of_run)} +
                            "id >= ?1 AND id < ?2 ORDER BY id " +
                            (order == list_order::newest_first ? "DESC" : "ASC") + " LIMIT ?3";
    found = statements_.emplace(key, sqlite_statement{db_, sql}).first;
  }
  return found->second;
}

void id_runs::read(id_run const& run, id_span span, list_order order, std::size_t count,
                   std::vector<std::uint64_t>& into) {
  sqlite_statement& s = prepared(run.index(), order);
  s.bind(1, static_cast<std::int64_t>(span.first)).bind(2, static_cast<std::int64_t>(span.end));
  s.bind(3, static_cast<std::int64_t>(count));
  if (auto const* kind = std::get_if<jobs_of_kind>(&run))
    s.bind(4, std::int64_t{kind->kind}).bind(5, static_cast<std::int64_t>(kind->status));
  if (auto const* error = std::get_if<jobs_with_error>(&run))
    s.bind(4, std::int64_t{error->error}).bind(5, static_cast<std::int64_t>(error->status));
  if (auto const* tag = std::get_if<jobs_with_tag>(&run)) s.bind(4, std::string_view{tag->tag});
  while (s.step()) into.push_back(static_cast<std::uint64_t>(s.integer(0)));
  s.reset();
}

void id_runs::read_waiting(waiting_jobs run, timestamp now, id_span span, list_order order,
                           std::vector<std::uint64_t>& into) {
  auto found = waiting_.find(run.due);
  if (found == waiting_.end()) {
    std::string const sql = "SELECT id FROM jobs WHERE status IN (0, 3) AND due " +
                            std::string{run.due ? "<=" : ">"} + " ?1";
    found = waiting_.emplace(run.due, sqlite_statement{db_, sql}).first;
  }
  sqlite_statement& s = found->second;
  s.bind(1, to_micros(now));
  while (s.step()) {
    auto const id = static_cast<std::uint64_t>(s.integer(0));
    if (id >= span.first && id < span.end) into.push_back(id);
  }
  s.reset();
  sort(into, order);
}

id_merge::id_merge(id_runs& source, std::vector<planned_run> const& runs, id_span span,
                   list_order order, timestamp now, std::size_t page)
    : source_(source), order_(order) {
  std::size_t const share = runs.empty() ? 0 : 2 * page / runs.size();
  for (planned_run const& run : runs) {
    branch b{&run, span, std::clamp(std::min(share, page) + 1, piece_min, piece_max)};
    if (auto const* waiting = std::get_if<waiting_jobs>(&run.run)) {
      source.read_waiting(*waiting, now, span, order, b.ids);
      b.piece = 0;
    }
    branches_.push_back(std::move(b));
  }
  for (std::size_t i = 0; i < branches_.size(); ++i) {
    if (fill(branches_[i])) heap_.push_back(i);
  }
  std::make_heap(heap_.begin(), heap_.end(), [this](auto a, auto b) { return later(a, b); });
}

bool id_merge::later(std::size_t a, std::size_t b) const {
  std::uint64_t const left = branches_[a].ids[branches_[a].at];
  std::uint64_t const right = branches_[b].ids[branches_[b].at];
  return order_ == list_order::newest_first ? left < right : left > right;
}

bool id_merge::fill(branch& b) {
  if (b.at < b.ids.size()) return true;
  if (b.piece == 0) return false;
  b.ids.clear();
  b.at = 0;
  source_.read(b.planned->run, b.rest, order_, b.piece, b.ids);
  bool const more = b.ids.size() == b.piece;
  b.piece = more ? std::min(2 * b.piece, piece_max) : 0;
  if (b.ids.empty()) return false;
  (order_ == list_order::newest_first ? b.rest.end : b.rest.first) =
      b.ids.back() + (order_ == list_order::newest_first ? 0 : 1);
  return true;
}

std::optional<merged_id> id_merge::next() {
  auto const order = [this](auto a, auto b) { return later(a, b); };
  std::optional<merged_id> found;
  while (!heap_.empty()) {
    branch& first = branches_[heap_.front()];
    std::uint64_t const id = first.ids[first.at];
    if (found && found->id != id) break;
    found = merged_id{id, first.planned->check && (!found || found->check)};
    std::pop_heap(heap_.begin(), heap_.end(), order);
    ++first.at;
    if (fill(first)) {
      std::push_heap(heap_.begin(), heap_.end(), order);
    } else {
      heap_.pop_back();
    }
  }
  return found;
}

}  // namespace retrylab
