#include "events/views/folding_view.hpp"

#include "events/event_codec.hpp"
#include "events/id_ranges.hpp"

#include <algorithm>

namespace retrylab {
namespace {

store_failure refused(std::string why) { return {store_failure::kind::refused, std::move(why)}; }

std::string out_of_turn(stored_event const& row, stream_version before) {
  return "event " + std::to_string(row.seq.value) + " is version " + std::to_string(row.version) +
         " of job " + std::to_string(row.job.value) + ", of which the view has version " +
         std::to_string(before);
}

bool is_due(job_status status, std::optional<timestamp> due, timestamp now) {
  return (status == job_status::scheduled || status == job_status::retrying) && due && *due <= now;
}

}  // namespace

std::optional<folding_view::folded> folding_view::saved(job_id job) {
  std::optional<job_state> before = recent_.take(job);
  if (!before) before = load(job);
  if (!before) return std::nullopt;
  job_status const status = before->status;
  auto const due = before->due;
  return folded{std::move(*before), false, false, status, due};
}

bool folding_view::begin(stored_event const& first, folded& job) {
  job.is_new = first.version == 1;
  if (job.is_new) return true;
  auto before = saved(first.job);
  if (before) job = std::move(*before);
  return before.has_value();
}

// What is wrong with it, if anything.
std::optional<std::string> folding_view::see_system_event(stored_event const& row,
                                                          folded_jobs& jobs) {
  auto const event = decode_system_event(row.type, row.data);
  if (!event) return event.error();
  auto const* const purge = std::get_if<purged>(&*event);
  if (!purge) return std::nullopt;
  auto const ranges = parse_ranges(purge->jobs);
  if (!ranges) return ranges.error();
  for (job_id job : ids_in(*ranges)) {
    auto found = jobs.find(job);
    if (found == jobs.end()) {
      auto before = saved(job);
      if (!before) continue;
      found = jobs.emplace(job, std::move(*before)).first;
    }
    found->second.is_purged = true;
  }
  return std::nullopt;
}

view_result<folding_view::folded_jobs> folding_view::evolve_all(
    std::span<stored_event const> events, projection& p, history_delta& delta) {
  folded_jobs jobs;
  for (stored_event const& row : events) {
    if (row.seq <= p.to) {
      return refused("the view stands at event " + std::to_string(p.to.value) +
                     " and was given event " + std::to_string(row.seq.value));
    }
    p.to = row.seq;
    p.at = row.at;
    if (row.job == system_id) {
      if (auto why = see_system_event(row, jobs)) return refused(std::move(*why));
      delta.add(row.at);
      continue;
    }
    auto const record = decode(row);
    if (!record) return refused(record.error());
    // A new job has the greatest ID so far.
    bool const is_last = jobs.empty() || jobs.rbegin()->first < row.job;
    auto found = is_last ? jobs.end() : jobs.lower_bound(row.job);
    if (found == jobs.end() || found->first != row.job) {
      found = jobs.try_emplace(found, row.job);
      if (!begin(row, found->second)) return refused(out_of_turn(row, 0));
    }
    job_state& state = found->second.state;
    if (row.version != state.version + 1) return refused(out_of_turn(row, state.version));
    delta.add(state, *record);
    evolve(state, *record);
  }
  return jobs;
}

void folding_view::count(view_changes& changes, folded_jobs& jobs, timestamp now) {
  auto const known = kinds_.all().size();
  std::vector<bool> touched(known);
  auto const change = [&](kind_number kind, status_counts& counts, job_status status, int by) {
    counts[static_cast<std::size_t>(status)] += by;
    if (touched.size() < kind) touched.resize(kind);
    touched[kind - 1] = true;
  };
  move_due(kinds_, due_as_of_, now, [&](timestamp after, timestamp until) {
    auto crossed = due_between(after, until);
    for (kind_change const& c : crossed) touched[c.kind - 1] = true;
    return crossed;
  });
  kind_number number = 0;  // neighbours are mostly of one kind
  for (auto& [id, job] : jobs) {
    job_state const& s = job.state;
    if (!kinds_.is(number, s.spec->queue, s.spec->type))
      number = kinds_.number_of(s.spec->queue, s.spec->type);
    job_kind& kind = kinds_.at(number);
    if (!job.is_new) change(number, kind.stored, job.old_status, -1);
    if (!job.is_new && is_due(job.old_status, job.old_due, now))
      change(number, kind.due, job.old_status, -1);
    if (job.is_purged) {
      if (!job.is_new) changes.removed.push_back(std::move(job.state));
      change(number, kind.stored, job_status::succeeded,
             0);  // its kind stays, with or without jobs
      continue;
    }
    change(number, kind.stored, s.status, 1);
    if (is_due(s.status, s.due, now)) change(number, kind.due, s.status, 1);
    changes.jobs.push_back({&s, number, job.is_new});
  }
  for (std::size_t i = 0; i < touched.size(); ++i) {
    if (touched[i]) changes.kinds.push_back(static_cast<kind_number>(i + 1));
  }
}

view_result<projection> folding_view::fold_events(std::span<stored_event const> events) {
  projection p;
  p.from = p.to = checkpoint_;
  p.at = due_as_of_;
  history_delta delta;
  auto jobs = evolve_all(events, p, delta);
  if (!jobs) {
    recent_.clear();
    return jobs.error();
  }
  view_changes changes;
  changes.jobs.reserve(jobs->size());
  count(changes, *jobs, p.at);
  changes.checkpoint = checkpoint_ = p.to;
  changes.due_as_of = due_as_of_;
  changes.history = history_.apply(std::move(delta));
  save(changes);
  p.counts = kinds_.total();
  p.changed.reserve(changes.jobs.size());
  for (auto& [id, job] : *jobs) {
    if (job.is_purged) continue;
    bool const has_begun = !job.is_new || job.state.executions > 0;
    has_begun ? recent_.put(job.state) : recent_.put_if_room(job.state);
    p.changed.push_back(std::move(job.state));
  }
  return p;
}

}  // namespace retrylab
