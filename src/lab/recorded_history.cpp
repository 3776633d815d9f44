#include "lab/recorded_history.hpp"

#include "events/core/limits.hpp"
#include "events/core/result.hpp"
#include "events/event_codec.hpp"

#include <algorithm>

namespace retrylab {
namespace {

std::int64_t minute_of(microseconds t) {
  return std::chrono::floor<std::chrono::minutes>(t).count();
}

// What is asked of the job, without what is its own alone.
job_spec shape_of(job_spec spec) {
  spec.payload.text = "{}";
  spec.run_at.reset();
  spec.expires_at.reset();
  spec.handler.reset();
  spec.idempotency_key.reset();
  spec.unique.reset();
  spec.batch.reset();
  spec.callback.reset();
  spec.faktory.reset();
  spec.tags.clear();
  spec.source = "lab";
  return spec;
}

}  // namespace

void attempts_seen::add(microseconds took, job_error const* why) {
  ++count;
  time += took;
  if (!why) return;
  ++failed;
  error = {why->type, why->message};
}

attempts_seen const* recorded_type::at(microseconds now) const {
  if (auto const found = minutes.find(minute_of(now)); found != minutes.end())
    return &found->second;
  return whole.count > 0 ? &whole : nullptr;
}

stretch_reader::stretch_reader(log_stretch which, lookup earlier)
    : which_(std::move(which)), earlier_(std::move(earlier)) {}

bool stretch_reader::is_in(timestamp t) const {
  return which_.from && t >= *which_.from && (!which_.to || t < *which_.to);
}

stretch_reader::known_job& stretch_reader::find(job_id job) {
  auto const [at, fresh] = jobs_.try_emplace(job);
  if (!fresh || !earlier_) return at->second;
  auto const event = earlier_(job);
  if (!event) return at->second;
  auto const record = decode(*event);
  auto const* const e = record ? std::get_if<created>(&record->event) : nullptr;
  if (e) on_created(*record, *e->spec);
  return at->second;
}

void stretch_reader::on_created(job_record const& r, job_spec const& spec) {
  known_job& job = jobs_[r.job];
  job.type = spec.type;
  job.counts = which_.queues.empty() || which_.queues.contains(spec.queue);
  timestamp const runs_from = std::max(r.at, spec.run_at.value_or(r.at));
  if (!job.counts || !is_in(runs_from)) return;
  job_spec shape = shape_of(spec);
  std::string key = encode(job_event{created{shape}}).data;
  auto const [group, fresh] = group_numbers_.try_emplace(std::move(key), history_.groups.size());
  if (fresh) history_.groups.push_back({std::move(shape)});
  history_.groups[group->second].arrivals.push_back(runs_from - *which_.from);
  ++history_.jobs;
}

void stretch_reader::on_attempted(job_record const& r) {
  known_job& job = find(r.job);
  if (!job.counts) return;
  job.attempt_begin = r.at;
  ++running_;
  if (!is_in(r.at)) return;
  ++open_;
  history_.running_most = std::max(history_.running_most, running_);
}

void stretch_reader::forget_attempt(known_job& job) {
  if (!job.attempt_begin) return;
  --running_;
  if (is_in(*job.attempt_begin)) --open_;
  job.attempt_begin.reset();
}

void stretch_reader::on_attempt_end(job_record const& r, job_error const* why) {
  known_job& job = find(r.job);
  if (!job.attempt_begin) return;
  timestamp const begin = *job.attempt_begin;
  forget_attempt(job);
  if (!is_in(begin)) return;
  recorded_type& type = history_.types[job.type];
  type.whole.add(r.at - begin, why);
  type.minutes[minute_of(begin - *which_.from)].add(r.at - begin, why);
}

std::optional<std::string> stretch_reader::see(stored_event const& event) {
  if (!which_.from) which_.from = event.at;
  history_.to = event.at;
  if (event.job == system_id) return std::nullopt;
  auto const record = decode(event);
  if (!record) return record.error();
  job_record const& r = *record;
  std::visit(overloaded{
                 [&](created const& e) { on_created(r, *e.spec); },
                 [&](attempted const&) { on_attempted(r); },
                 [&](succeeded const&) { on_attempt_end(r, nullptr); },
                 [&](failed const& e) { on_attempt_end(r, &e.error); },
                 [&](released const&) { forget_attempt(find(r.job)); },
                 [&](cancelled const&) { forget_attempt(find(r.job)); },
                 [](retry_scheduled const&) {},
                 [](dead_lettered const&) {},
                 [](rescheduled const&) {},
                 [](cancel_requested const&) {},
                 [](requeued const&) {},
                 [](discarded const&) {},
                 [](extended const&) {},
                 [](progressed const&) {},
             },
             r.event);
  if (history_.jobs > limits::lab_jobs || history_.groups.size() > limits::lab_groups)
    return "there are too many jobs, or too many kinds of them; choose a shorter stretch";
  return std::nullopt;
}

recorded_history stretch_reader::finish() {
  history_.from = which_.from.value_or(timestamp{});
  if (which_.to) history_.to = *which_.to;
  for (recorded_group& g : history_.groups) std::ranges::sort(g.arrivals);
  return std::move(history_);
}

}  // namespace retrylab
