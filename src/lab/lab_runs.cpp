#include "lab/lab_runs.hpp"

#include "events/core/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <sys/resource.h>

namespace retrylab {
namespace {

constexpr char const* shown_file = "scenario.yaml";

// Linux has a niceness for each thread. If it is refused, the run is only less polite.
void yield_to_all_others() {
  static_cast<void>(::setpriority(PRIO_PROCESS, 0, limits::lab_niceness));
}

std::optional<job_id> most_tried(run_record const& record) {
  auto const& jobs = record.jobs();
  auto const most = std::ranges::max_element(jobs, {}, &job_outcome::executions);
  if (most == jobs.end()) return std::nullopt;
  return job_id{static_cast<std::uint64_t>(most - jobs.begin()) + 1};
}

}  // namespace

lab_runs::lab_runs(lab_runs_options options) : options_(std::move(options)) {
  if (options_.events_most == 0) options_.events_most = limits::lab_run_events;
  thread_ = std::thread{[this] { work(); }};
}

std::optional<lab_run_view> lab_runs::start(lab_order order, timestamp now) {
  std::lock_guard const lock{mutex_};
  if (stopping_ || waiting_.size() >= limits::lab_runs_waiting) return std::nullopt;
  auto run = std::make_shared<kept>();
  run->view.id = ++last_id_;
  run->view.created_at = now;
  run->view.progress.at.duration = duration_of(order);
  run->view.order = std::make_shared<lab_order const>(std::move(order));
  run->view.sides = std::make_shared<std::string const>("[]");
  all_.push_back(run);
  waiting_.push_back(run);
  forget_old();
  wake_.notify_one();
  return run->view;
}

std::vector<lab_run_view> lab_runs::list() {
  std::lock_guard const lock{mutex_};
  std::vector<lab_run_view> out;
  for (auto const& run : all_) out.push_back(run->view);
  std::ranges::reverse(out);
  return out;
}

std::optional<lab_run_view> lab_runs::find(std::uint64_t id) {
  std::lock_guard const lock{mutex_};
  auto const run = at(id);
  return run ? std::optional{run->view} : std::nullopt;
}

result<lab_run_view, lab_stop_error> lab_runs::stop(std::uint64_t id) {
  std::lock_guard const lock{mutex_};
  auto const run = at(id);
  if (!run) return lab_stop_error::no_run;
  if (has_ended(run->view.status)) return lab_stop_error::ended;
  run->view.stopping = true;
  run->halt.request_stop();
  if (std::erase(waiting_, run) > 0) {
    run->view.status = lab_run_status::stopped;
    run->view.partial = true;
  }
  return run->view;
}

void lab_runs::look(std::uint64_t id, job_id job, callback<lab_look> answer) {
  std::unique_lock lock{mutex_};
  auto const run = at(id);
  std::optional<lab_look> known;
  if (!run) {
    known = lab_look_error::no_run;
  } else if (!has_ended(run->view.status)) {
    known = lab_look_error::not_yet;
  } else if (auto const found = run->looks.find(job); found != run->looks.end()) {
    known = found->second;
  } else if (std::ranges::none_of(run->done, [&](side_result const& side) {
               return job.value <= side.report.figures.jobs;
             })) {
    known = lab_look_error::no_job;
  } else if (stopping_) {
    known = lab_look_error::stopping;
  } else if (playing_ || !waiting_.empty() || looks_.size() >= limits::lab_looks_waiting) {
    known = lab_look_error::busy;
  }
  if (!known) {
    looks_.push_back({run, job, std::move(answer)});
    return wake_.notify_one();
  }
  lock.unlock();
  std::move(answer)(std::move(*known));
}

void lab_runs::wind_up() {
  std::lock_guard const lock{mutex_};
  stopping_ = true;
  if (playing_) playing_->halt.request_stop();
  halt_looks_.request_stop();
  wake_.notify_one();
}

void lab_runs::stop() {
  wind_up();
  if (thread_.joinable()) thread_.join();
}

// Looks come first: somebody waits for them, and they were only taken while nothing was played.
void lab_runs::work() {
  yield_to_all_others();
  std::unique_lock lock{mutex_};
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !looks_.empty() || !waiting_.empty(); });
    if (!looks_.empty()) {
      wanted_look look = std::move(looks_.front());
      looks_.pop_front();
      lock.unlock();
      answer(std::move(look));
      lock.lock();
      continue;
    }
    if (stopping_) return;
    playing_ = std::move(waiting_.front());
    waiting_.pop_front();
    playing_->view.status = lab_run_status::running;
    lock.unlock();
    play(*playing_);
    lock.lock();
    playing_.reset();
    forget_old();
  }
}

// A scenario that asks for more than there is must not take the server with it.
void lab_runs::play(kept& run) {
  std::string why;
  try {
    play_sides(run);
  } catch (std::exception const& e) {
    why = fmt::format("the run failed: {}", e.what());
  }
  finish(run, std::move(why));
}

void lab_runs::play_sides(kept& run) {
  lab_order const& order = *run.view.order;
  play_side(run, order.a);
  if (order.b && !run.halt.stop_requested()) play_side(run, *order.b);
  if (!run.halt.stop_requested()) show_jobs(run);
}

void lab_runs::play_side(kept& run, policy_choice const& choice) {
  lab_order const& order = *run.view.order;
  scenario plan = with_choice(order.plan, choice);
  microseconds const began = options_.stopwatch();
  stage_options how{.seed = plan.seed};
  how.events_most = options_.events_most;
  how.halt = run.halt.get_token();
  how.progress = [&](stage_progress const& p) { return publish(run, p), true; };
  stage_run const played = retrylab::play(plan, std::move(how));
  side_result& side = run.done.emplace_back();
  side.report = report_on(shown_file, plan, played);
  side.report.real_time = options_.stopwatch() - began;
  side.series = played.record.series();
  side.series.reach(played.time);
  side.plan = std::move(plan);
  std::lock_guard const lock{mutex_};
  if (!run.view.job) run.view.job = most_tried(played.record);
}

// A job that shows a failure on one side is of interest on both.
void lab_runs::show_jobs(kept& run) {
  std::set<job_id> jobs;
  for (side_result const& side : run.done) jobs.merge(jobs_that_show(side.report));
  {
    std::lock_guard const lock{mutex_};
    for (side_result const& side : run.done) {
      auto const failing = jobs_that_show(side.report);
      if (failing.empty()) continue;
      run.view.job = *failing.begin();
      break;
    }
    if (run.view.job) jobs.insert(*run.view.job);
  }
  look_for(run, jobs, run.halt.get_token());
}

void lab_runs::finish(kept& run, std::string why) {
  lab_order const& order = *run.view.order;
  std::size_t const sides = order.b ? 2 : 1;
  bool partial = run.done.size() < sides;
  bool passed = !partial;
  std::string text = "[";
  for (std::size_t i = 0; i < run.done.size(); ++i) {
    lab_report const& report = run.done[i].report;
    partial = partial || !report.stopped().empty();
    passed = passed && report.passed();
    if (i > 0) text += ',';
    append_side(text, i, run.done[i].series, &report);
  }
  bool const interrupted = partial && std::ranges::none_of(run.done, [](side_result const& side) {
                             return side.report.end == run_end::events;
                           });
  auto told = std::make_shared<std::string const>(std::move(text += ']'));
  std::lock_guard const lock{mutex_};
  run.view.sides.swap(told);
  run.view.partial = partial;
  run.view.status = !why.empty()  ? lab_run_status::failed
                    : interrupted ? lab_run_status::stopped
                                  : lab_run_status::finished;
  if (why.empty()) run.view.passed = passed;
  run.view.why = std::move(why);
}

void lab_runs::publish(kept& run, stage_progress const& p) {
  std::string text = "[";
  for (std::size_t i = 0; i < run.done.size(); ++i) {
    append_side(text, i, run.done[i].series, &run.done[i].report);
    text += ',';
  }
  append_side(text, run.done.size(), p.record->series(), nullptr);
  auto sides = std::make_shared<std::string const>(std::move(text += ']'));
  lab_progress here{run.done.size(), p};
  here.at.record = nullptr;  // it goes with the stage
  std::lock_guard const lock{mutex_};
  run.view.sides.swap(sides);  // the old text is freed outside the lock
  run.view.progress = here;
}

void lab_runs::answer(wanted_look look) {
  kept& run = *look.run;
  lab_look out = lab_look_error::stopping;
  try {
    look_for(run, {look.job}, halt_looks_.get_token());
    std::lock_guard const lock{mutex_};
    if (auto const found = run.looks.find(look.job); found != run.looks.end()) out = found->second;
  } catch (std::exception const&) {
    out = lab_look_error::busy;  // out of memory: it may be there later
  }
  std::move(look.answer)(std::move(out));
}

// What happened to these jobs on every side; into the report, where a failed check shows one.
void lab_runs::look_for(kept& run, std::set<job_id> const& jobs, std::stop_token const& halt) {
  std::map<job_id, std::string> texts;
  for (std::size_t i = 0; i < run.done.size(); ++i) {
    side_result& side = run.done[i];
    auto const lines = play_again(side.plan, side.report, jobs, {}, halt);
    if (halt.stop_requested()) return;  // the last event may be missing
    for (auto const& [job, line] : lines) {
      std::string& text = texts[job];
      text += text.empty() ? "" : ",";
      append_side(text, i, line);
    }
    for (told_check& c : side.report.checks) {
      auto const found = c.result.shown ? lines.find(*c.result.shown) : lines.end();
      if (found != lines.end()) c.timeline = as_text(found->second, found->first);
    }
  }
  for (auto const& [job, sides] : texts) {
    auto look = std::make_shared<std::string const>(
        fmt::format(R"({{"job":{},"sides":[{}]}})", job.value, sides));
    std::lock_guard const lock{mutex_};
    if (run.looks.size() >= limits::lab_looks_kept) run.looks.erase(run.looks.begin());
    run.looks[job] = std::move(look);
  }
}

void lab_runs::forget_old() {
  auto const ended = [](auto const& run) { return has_ended(run->view.status); };
  auto count = static_cast<std::size_t>(std::ranges::count_if(all_, ended));
  for (; count > limits::lab_runs_kept; --count) all_.erase(std::ranges::find_if(all_, ended));
}

std::shared_ptr<lab_runs::kept> lab_runs::at(std::uint64_t id) const {
  auto const found =
      std::ranges::find_if(all_, [&](auto const& run) { return run->view.id == id; });
  return found == all_.end() ? nullptr : *found;
}

}  // namespace retrylab
