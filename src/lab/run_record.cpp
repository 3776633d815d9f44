#include "lab/run_record.hpp"

#include "events/core/result.hpp"
#include "lab/node_parts.hpp"

namespace retrylab {
namespace {

constexpr auto second = std::chrono::seconds{1};
constexpr std::size_t error_types_most = 10'000;  // further ones share a name
constexpr char const* other_errors = "(other)";

// By its number in the scope, when the gaps are about one job.
void notice_job(watcher& w, job_id job) {
  if (w.gaps && w.gaps->job && ++w.jobs_seen == *w.gaps->job) w.only = job;
}

void check_gap(watcher& w, job_id job, std::size_t number, microseconds gap) {
  if (!w.gaps || number > w.gaps->ranges.size()) return;
  if (w.gaps->job && w.only != job) return;
  if (w.gaps->ranges[number - 1].has(gap)) {
    ++w.gaps_right;
    return;
  }
  ++w.gaps_wrong;
  if (!w.first_wrong) w.first_wrong = wrong_gap{job, number, gap};
}

}  // namespace

std::vector<bool> groups_in(job_scope const& scope, scenario const& s) {
  std::vector<bool> in;
  in.reserve(s.jobs.size());
  for (job_group const& g : s.jobs) in.push_back(includes(scope, g));
  return in;
}

void rate_peak::add(timestamp t, job_id j) {
  while (!last_second_.empty() && last_second_.front() + second <= t) last_second_.pop_front();
  last_second_.push_back(t);
  if (last_second_.size() <= most) return;
  most = last_second_.size();
  job = j;
  at = t;
}

void level_peak::change(int by, timestamp t, job_id j) {
  now_ += static_cast<std::uint64_t>(static_cast<std::int64_t>(by));
  if (now_ <= most) return;
  most = now_;
  job = j;
  at = t;
}

calm_watch::calm_watch(scenario const& s) {
  for (outage const& o : s.outages) {
    if (!outages_) outages_ = o.time;
    outages_->from = std::min(outages_->from, o.time.from);
    outages_->to = std::max(outages_->to, o.time.to);
  }
}

void calm_watch::change(std::uint64_t unfinished, microseconds at) {
  if (!outages_ || after_) return;
  std::uint64_t const before = std::exchange(unfinished_, unfinished);
  if (at < outages_->from) {
    usual_ = std::max(usual_, unfinished);
  } else if (at >= outages_->to && before <= usual_) {
    after_ = microseconds{0};  // it was so when the last outage ended
  } else if (at >= outages_->to && unfinished <= usual_) {
    after_ = at - outages_->to;
  }
}

run_record::run_record(scenario const& s) : error_types_{""}, calm_(s) {
  everything_.groups.assign(s.jobs.size(), true);
  for (check const& c : s.checks) {
    watcher& w = checks_.emplace_back(watcher{groups_in(c.scope, s)});
    bool const watches = std::holds_alternative<attempts_peak>(c.expects) ||
                         std::holds_alternative<unfinished_peak>(c.expects) ||
                         std::holds_alternative<attempt_gaps>(c.expects);
    if (!watches) w.groups.assign(s.jobs.size(), false);  // it looks at the end only
    if (auto const* const gaps = std::get_if<attempt_gaps>(&c.expects)) w.gaps = *gaps;
  }
}

template <class Act>
void run_record::each_watcher(std::size_t group, Act act) {
  act(everything_);
  for (watcher& w : checks_) {
    if (w.groups[group]) act(w);
  }
}

void run_record::expect_job(std::size_t group, timestamp now, microseconds delay) {
  job_outcome& o = jobs_.emplace_back();
  o.group = static_cast<std::uint32_t>(group);
  o.created_at = now;
  o.delayed = delay.count() > 0;
  o.runs_from = o.due = now + delay;
  o.status = o.delayed ? job_status::scheduled : job_status::queued;
}

std::uint16_t run_record::number_of(std::string const& error_type) {
  if (auto const found = error_numbers_.find(error_type); found != error_numbers_.end())
    return found->second;
  bool const full = error_types_.size() >= error_types_most;
  if (full && error_type != other_errors) return number_of(other_errors);
  error_types_.push_back(error_type);
  auto const number = static_cast<std::uint16_t>(error_types_.size() - 1);
  error_numbers_.emplace(error_type, number);
  return number;
}

void run_record::on(stored_event const& at, attempted const&) {
  job_outcome& o = jobs_[at.job.value - 1];
  ++attempts_;
  series_.attempted(at.at - beginning);
  if (o.first_fence == 0) {
    o.first_fence = at.seq.value;
    o.started_at = at.at;
  }
  o.status = job_status::running;
  std::size_t const gap_number = o.executions;
  if (o.executions < UINT16_MAX) ++o.executions;
  each_watcher(o.group, [&](watcher& w) {
    w.attempts.add(at.at, at.job);
    if (gap_number > 0) check_gap(w, at.job, gap_number, at.at - o.attempt_end);
  });
}

void run_record::on_failure(stored_event const& at, failed const& e) {
  job_outcome& o = jobs_[at.job.value - 1];
  o.error = number_of(e.error.type);
  o.attempt_end = at.at;
}

void run_record::on_end(stored_event const& at, job_status status) {
  job_outcome& o = jobs_[at.job.value - 1];
  o.status = status;
  o.ended_at = last_end_ = at.at;
  ++ended_;
  each_watcher(o.group, [&](watcher& w) { w.unfinished.change(-1, at.at, at.job); });
  series_.ended(at.at - beginning, status == job_status::succeeded);
  calm_.change(everything_.unfinished.now(), at.at - beginning);
}

void run_record::count_created(stored_event const& at) {
  each_watcher(jobs_[at.job.value - 1].group, [&](watcher& w) {
    notice_job(w, at.job);
    w.unfinished.change(1, at.at, at.job);
  });
  series_.created(at.at - beginning);
  calm_.change(everything_.unfinished.now(), at.at - beginning);
}

void run_record::see(stored_event const& at) {
  if (at.job == system_id || !at.known) return;
  job_outcome& o = jobs_.at(at.job.value - 1);
  std::visit(overloaded{
                 [&](created const&) { count_created(at); },
                 [&](attempted const& e) { on(at, e); },
                 [&](failed const& e) { on_failure(at, e); },
                 [&](retry_scheduled const& e) {
                   o.status = job_status::retrying;
                   o.due = e.due;
                 },
                 [&](succeeded const&) { on_end(at, job_status::succeeded); },
                 [&](dead_lettered const&) { on_end(at, job_status::failed); },
                 [&](cancelled const&) { on_end(at, job_status::cancelled); },
                 [&](discarded const&) { on_end(at, job_status::discarded); },
                 [&](released const&) {
                   o.status = job_status::queued;
                   o.attempt_end = at.at;
                 },
                 [](rescheduled const&) {},
                 [](cancel_requested const&) {},
                 [](requeued const&) {},
                 [](extended const&) {},
                 [](progressed const&) {},
             },
             *at.known);
}

job_status run_record::status_of(job_outcome const& o, timestamp now) {
  return is_waiting(o.status) && o.due <= now ? job_status::queued : o.status;
}

}  // namespace retrylab
