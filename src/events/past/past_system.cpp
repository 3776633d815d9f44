#include "events/past/past_system.hpp"

#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/json_fields.hpp"

#include <algorithm>

namespace retrylab {
namespace {

std::optional<timestamp> time_in(std::string_view data, std::string_view name) {
  json_fields f{data, {}, json_fields::checked::yes};
  auto const text = f.optional<std::string>(name);
  return text ? parse_rfc3339(*text) : std::nullopt;
}

std::string unreadable(stored_event const& event, std::string_view why) {
  return "event " + std::to_string(event.seq.value) + ": " + std::string{why};
}

job_status shown(past_job const& job, timestamp now) {
  bool const waits = job.status == job_status::scheduled || job.status == job_status::retrying;
  return waits && job.due && *job.due <= now ? job_status::queued : job.status;
}

bool is_kept(job_status status) { return !is_ended(status) || status == job_status::failed; }

}  // namespace

void past_system::set_place(seq last, timestamp at) {
  last_ = last;
  at_ = at;
}

void past_system::add_kind(std::string_view queue, std::string_view type,
                           status_counts const& stored) {
  kinds_.at(kinds_.number_of(queue, type)).stored = stored;
}

std::optional<std::string> past_system::apply(stored_event const& event, finder const& find) {
  if (event.job == system_id) {
    undos_.clear();
  } else if (notes_) {
    auto const found = jobs_.find(event.job);
    undos_.push_back({last_, at_, event.job,
                      found == jobs_.end() ? std::nullopt : std::optional{found->second}});
    if (undos_.size() > limits::past_undo) undos_.pop_front();
  }
  auto const why = event.job == system_id ? apply_system(event) : apply_job(event, find);
  set_place(event.seq, event.at);
  return why;
}

void past_system::note_undo(bool wanted) {
  if (notes_ == wanted) return;
  notes_ = wanted;
  undos_.clear();
}

void past_system::step_back(seq target) {
  for (; last_ > target && !undos_.empty(); undos_.pop_back()) {
    undo const& u = undos_.back();
    if (u.kind != 0) {
      status_counts& stored = kinds_.at(u.kind).stored;
      --stored.at(static_cast<std::size_t>(u.to));
      if (u.from) ++stored.at(static_cast<std::size_t>(*u.from));
    }
    if (u.before) {
      jobs_.insert_or_assign(u.job, *u.before);
    } else {
      jobs_.erase(u.job);
    }
    set_place(u.last, u.at);
  }
}

void past_system::count(kind_number kind, std::optional<job_status> from, job_status to) {
  status_counts& stored = kinds_.at(kind).stored;
  if (from) --stored.at(static_cast<std::size_t>(*from));
  ++stored.at(static_cast<std::size_t>(to));
  if (undos_.empty()) return;
  undo& u = undos_.back();
  u.kind = kind;
  u.from = from;
  u.to = to;
}

std::optional<std::string> past_system::apply_system(stored_event const& event) {
  auto const what = decode_system_event(event.type, event.data);
  if (!what) return unreadable(event, what.error());
  evolve(system_, {event.seq, event.at, *what});
  see_worker(event, *what);
  return std::nullopt;
}

void past_system::see_worker(stored_event const& event, system_event const& what) {
  if (auto const* const e = std::get_if<worker_seen>(&what)) {
    workers_[e->worker] = {e->host, event.at, event.at, false, false};
  } else if (auto const* const quieted = std::get_if<worker_quieted>(&what)) {
    if (auto const found = workers_.find(quieted->worker); found != workers_.end())
      found->second.quiet = true, found->second.seen_at = event.at;
  } else if (auto const* const gone = std::get_if<worker_lost>(&what)) {
    if (auto const found = workers_.find(gone->worker); found != workers_.end())
      found->second.lost = true;
  } else if (std::holds_alternative<server_started>(what)) {
    std::erase_if(workers_, [](auto const& each) { return each.second.lost; });
  }
}

std::optional<std::string> past_system::create(stored_event const& event) {
  json_fields f{event.data, {}, json_fields::checked::yes};
  auto const queue = f.optional<std::string>("queue");
  auto const type = f.optional<std::string>("type");
  if (!queue || !type) return unreadable(event, "Created without queue or type");
  past_job job{kinds_.number_of(*queue, *type), job_status::queued, {}, event.seq};
  if (auto const text = f.optional<std::string>("run_at")) {
    job.due = parse_rfc3339(*text);
    if (job.due && *job.due > event.at) job.status = job_status::scheduled;
  }
  count(job.kind, std::nullopt, job.status);
  jobs_.insert_or_assign(jobs_.end(), event.job, job);
  return std::nullopt;
}

void past_system::move(past_job& job, job_status to) {
  count(job.kind, job.status, to);
  job.status = to;
}

// Of a job that had ended: a FAILED one is known, any other is looked up.
void past_system::requeue(stored_event const& event, finder const& find) {
  auto found = jobs_.find(event.job);
  if (found == jobs_.end()) {
    auto const before = find(event.job, event.version);
    if (!before || !before->exists()) return;
    kind_number const kind = kinds_.number_of(before->spec->queue, before->spec->type);
    past_job const job{kind, before->status, {}, event.seq};
    found = jobs_.insert_or_assign(event.job, job).first;
  }
  move(found->second, job_status::queued);
  found->second.seq = event.seq;
}

std::optional<std::string> past_system::apply_job(stored_event const& event, finder const& find) {
  std::string_view const type = event.type;
  if (type == "Created") return create(event);
  if (type == "Requeued") return requeue(event, find), std::nullopt;
  auto const found = jobs_.find(event.job);
  if (found == jobs_.end()) return std::nullopt;  // it had ended, as Progressed may tell later
  past_job& job = found->second;
  job.seq = event.seq;
  if (type == "Attempted") {
    move(job, job_status::running);
  } else if (type == "Succeeded") {
    move(job, job_status::succeeded);
  } else if (type == "Failed") {
    move(job, job_status::retrying);
    job.due.reset();  // what follows in the same batch says when
  } else if (type == "RetryScheduled" || type == "Rescheduled") {
    auto const due = time_in(event.data, "due");
    if (!due) return unreadable(event, "has no due");
    job.due = *due;
  } else if (type == "DeadLettered") {
    move(job, job_status::failed);
  } else if (type == "Released") {
    move(job, job_status::queued);
  } else if (type == "Cancelled") {
    move(job, job_status::cancelled);
  } else if (type == "Discarded") {
    move(job, job_status::discarded);
  }
  if (!is_kept(job.status)) jobs_.erase(found);
  return std::nullopt;
}

job_counts past_system::counts(timestamp now) const {
  kind_table shifted = kinds_;
  for (auto const& [id, job] : jobs_) {
    if (shown(job, now) != job.status) shifted.count_due({job.kind, job.status, 1});
  }
  return shifted.sums(last_);
}

namespace {

template <class Entry, class Less>
std::vector<job_id> first_of(std::vector<Entry> entries, std::size_t limit, Less less) {
  std::size_t const count = std::min(limit, entries.size());
  auto const middle = entries.begin() + static_cast<std::ptrdiff_t>(count);
  std::partial_sort(entries.begin(), middle, entries.end(), less);
  std::vector<job_id> ids;
  ids.reserve(count);
  for (std::size_t i = 0; i < count; ++i) ids.push_back(entries[i].second);
  return ids;
}

}  // namespace

std::vector<job_id> past_system::list(job_status status, timestamp now, std::size_t limit) const {
  std::vector<std::pair<seq, job_id>> matches;
  for (auto const& [id, job] : jobs_) {
    if (shown(job, now) == status) matches.emplace_back(job.seq, id);
  }
  return first_of(std::move(matches), limit,
                  [](auto const& a, auto const& b) { return a.first > b.first; });
}

std::vector<job_id> past_system::next_due(timestamp now, std::size_t limit) const {
  std::vector<std::pair<timestamp, job_id>> matches;
  for (auto const& [id, job] : jobs_) {
    bool const waits = job.status == job_status::scheduled || job.status == job_status::retrying;
    if (waits && job.due && *job.due > now) matches.emplace_back(*job.due, id);
  }
  return first_of(std::move(matches), limit, [](auto const& a, auto const& b) { return a < b; });
}

}  // namespace retrylab
