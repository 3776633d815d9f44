#include "events/views/memory_job_view.hpp"

#include <algorithm>

namespace retrylab {
namespace {

bool matches(job_state const& s, job_query const& q, timestamp now) {
  if (q.type && s.spec->type != *q.type) return false;
  if (q.queue && s.spec->queue != *q.queue) return false;
  return q.statuses.empty() ||
         std::find(q.statuses.begin(), q.statuses.end(), status_at(s, now)) != q.statuses.end();
}

}  // namespace

view_result<seq> memory_job_view::checkpoint() {
  std::lock_guard const lock{mutex_};
  return checkpoint_;
}

view_result<job_page> memory_job_view::list(job_query const& query, timestamp now) {
  std::lock_guard const lock{mutex_};
  job_page page;
  for (auto it = jobs_.rbegin(); it != jobs_.rend(); ++it) {
    if (!matches(it->second, query, now)) continue;
    ++page.total;
    if (query.before && it->first >= *query.before) continue;
    if (page.jobs.size() < query.limit) {
      page.jobs.push_back(it->second);
    } else {
      page.more = true;
    }
  }
  return page;
}

view_result<job_counts> memory_job_view::counts(timestamp now) {
  std::lock_guard const lock{mutex_};
  count_table shown = counts_;
  show_due_as_queued(shown, due_waiting(now));
  job_counts out = sum(shown);
  out.seq = checkpoint_;
  return out;
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

void memory_job_view::save(projection const& p, std::span<count_key const>) {
  for (job_state const& state : p.changed) {
    if (auto const old = load(state.id); old && old->due) due_.erase({*old->due, state.id});
    if (state.due) due_.insert({*state.due, state.id});
    jobs_[state.id] = state;
  }
}

count_table memory_job_view::due_waiting(timestamp now) {
  count_table due;
  for (auto const& [at, id] : due_) {
    if (at > now) break;
    job_state const& s = jobs_.at(id);
    ++due[{s.spec->queue, s.spec->type}][static_cast<std::size_t>(s.status)];
  }
  return due;
}

}  // namespace retrylab
