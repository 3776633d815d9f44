#include "events/views/memory_job_view.hpp"

#include "events/views/job_filter.hpp"

#include <algorithm>

namespace retrylab {

view_result<seq> memory_job_view::checkpoint() {
  std::lock_guard const lock{mutex_};
  return checkpoint_;
}

view_result<job_page> memory_job_view::list(job_query const& query, timestamp now) {
  std::lock_guard const lock{mutex_};
  job_page page;
  bool const newest = query.order == list_order::newest_first;
  auto const look_at = [&](job_state const& s) {
    job_traits const traits = traits_of(s);
    if (!numbers_match(traits, query, now) || !texts_match(traits, query)) return;
    ++page.total;
    if (query.past && (newest ? s.id >= *query.past : s.id <= *query.past)) return;
    if (page.jobs.size() < query.limit) {
      page.jobs.push_back(s);
    } else if (!page.jobs.empty()) {
      page.next = page.jobs.back().id;
    }
  };
  if (newest) {
    for (auto it = jobs_.rbegin(); it != jobs_.rend(); ++it) look_at(it->second);
  } else {
    for (auto const& [id, state] : jobs_) look_at(state);
  }
  return page;
}

view_result<creation_histogram> memory_job_view::histogram(job_query const& query, std::size_t bins,
                                                           timestamp now) {
  std::lock_guard const lock{mutex_};
  auto const first = jobs_.empty() ? std::nullopt : std::optional{jobs_.begin()->second.created_at};
  creation_histogram out = empty_histogram(query, bins, first, now);
  for (auto const& [id, state] : jobs_) {
    job_traits const traits = traits_of(state);
    if (traits.created_at < out.bins.front().from || traits.created_at >= out.until) continue;
    if (!numbers_match(traits, query, now) || !texts_match(traits, query)) continue;
    auto const after =
        std::ranges::upper_bound(out.bins, traits.created_at, {}, &creation_histogram::bin::from);
    ++std::prev(after)->jobs;
  }
  return out;
}

view_result<job_counts> memory_job_view::counts(timestamp now) {
  std::lock_guard const lock{mutex_};
  kind_table shown = kinds_;
  timestamp as_of = due_as_of_;
  move_due(shown, as_of, now,
           [&](timestamp after, timestamp until) { return due_between(after, until); });
  return shown.sums(checkpoint_);
}

view_result<job_snapshot> memory_job_view::find(std::span<job_id const> jobs) {
  std::lock_guard const lock{mutex_};
  job_snapshot out{checkpoint_, {}};
  for (job_id id : jobs) {
    if (auto state = load(id)) out.jobs.push_back(std::move(*state));
  }
  return out;
}

view_result<std::vector<job_state>> memory_job_view::unended(job_id after, std::size_t limit) {
  std::lock_guard const lock{mutex_};
  std::vector<job_state> out;
  for (auto it = jobs_.upper_bound(after); it != jobs_.end() && out.size() < limit; ++it) {
    if (!is_ended(it->second.status)) out.push_back(it->second);
  }
  return out;
}

view_result<projection> memory_job_view::apply(std::span<stored_event const> events) {
  std::lock_guard const lock{mutex_};
  return fold_events(events);
}

std::optional<job_state> memory_job_view::load(job_id job) {
  auto const found = jobs_.find(job);
  return found == jobs_.end() ? std::nullopt : std::optional{found->second};
}

void memory_job_view::save(view_changes const& changes) {
  for (auto const& [changed, kind, is_new] : changes.jobs) {
    job_state const& state = *changed;
    if (auto const old = jobs_.find(state.id); old != jobs_.end() && old->second.due)
      due_.erase({*old->second.due, state.id});
    if (state.due) due_.insert({*state.due, state.id});
    jobs_[state.id] = state;
  }
  for (job_state const& state : changes.removed) {
    auto const old = jobs_.find(state.id);
    if (old->second.due) due_.erase({*old->second.due, state.id});
    jobs_.erase(old);
  }
}

std::vector<kind_change> memory_job_view::due_between(timestamp after, timestamp until) {
  std::vector<kind_change> due;
  constexpr job_id last{std::numeric_limits<std::uint64_t>::max()};
  for (auto it = due_.upper_bound({after, last}); it != due_.end() && it->first <= until; ++it) {
    job_state const& s = jobs_.at(it->second);
    due.push_back({kinds_.number_of(s.spec->queue, s.spec->type), s.status, 1});
  }
  return due;
}

}  // namespace retrylab
