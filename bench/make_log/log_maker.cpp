#include "make_log/log_maker.hpp"

#include "events/core/assert.hpp"
#include "events/core/decide.hpp"
#include "events/event_codec.hpp"

#include <algorithm>

namespace retrylab::make_log {
namespace {

constexpr std::uint64_t wave_jobs = 2000;
constexpr std::size_t group_events_max = 10'000;
constexpr microseconds span = std::chrono::hours{24 * 20};  // from the first event to the last
constexpr microseconds last_wave = std::chrono::minutes{10};
constexpr microseconds pause_max{400};  // between two events
constexpr std::string_view source = "make_log";

}  // namespace

log_maker::log_maker(event_store& log, maker_options const& options)
    : log_(log),
      options_(options),
      mix_(options.seed, options.until),
      now_(options.until - span - last_wave) {}

std::optional<std::string> log_maker::run(
    std::function<void(std::uint64_t, std::uint64_t)> const& progress) {
  timestamp const began = now_;
  std::uint64_t const waves = std::max<std::uint64_t>(1, options_.jobs / wave_jobs);
  for (std::uint64_t wave = 0; jobs_ < options_.jobs; ++wave) {
    now_ = std::max(
        now_, began + span / static_cast<std::int64_t>(waves) * static_cast<std::int64_t>(wave));
    start_wave(std::min(wave_jobs, options_.jobs - jobs_));
    while (std::ranges::any_of(wave_, [&](live const& j) { return wants_attempt(j); })) {
      run_attempts();
      finish_attempts();
      if (group_events_ < group_events_max) continue;
      if (auto error = flush()) return error;
      progress(jobs_, events_);
    }
  }
  auto error = flush();
  progress(jobs_, events_);
  return error;
}

void log_maker::start_wave(std::uint64_t jobs) {
  wave_.clear();
  for (std::uint64_t i = 0; i < jobs; ++i) {
    live job{mix_.next(), {}};
    job.state.id = job_id{++jobs_};
    job.plan.spec.source = source;
    command(job, create_job{job.plan.spec});
    wave_.push_back(std::move(job));
  }
  for (live& job : wave_) {
    if (job.plan.ends_as == fate::cancelled) command(job, cancel_job{"ops", "no longer needed"});
  }
}

bool log_maker::wants_attempt(live const& job) const {
  switch (job.plan.ends_as) {
    case fate::succeeded:
      return job.state.status != job_status::succeeded;
    case fate::failed:
      return job.state.status != job_status::failed;
    case fate::retrying:
      return job.state.attempts < job.plan.failures;
    case fate::cancelled:
    case fate::scheduled:
    case fate::queued:
      return false;
  }
  return false;
}

// One attempt of every job that is not at its end; a retry's time comes first.
void log_maker::run_attempts() {
  for (live& job : wave_) {
    if (!wants_attempt(job)) continue;
    if (job.state.due) now_ = std::max(now_, *job.state.due);
    command(job, start_attempt{mix_.next_worker()});
  }
}

void log_maker::finish_attempts() {
  for (live& job : wave_) {
    if (!job.state.running) continue;
    seq const fence = job.state.running->fence;
    if (job.state.attempts < job.plan.failures)
      command(job, report_failure{fence, failure_cause::error, mix_.next_error()});
    else
      command(job, report_success{fence, mix_.next_result()});
  }
}

// One batch, as the job's actor would have made it.
void log_maker::command(live& job, job_command const& wish) {
  now_ += mix_.next_pause(pause_max);
  decision const decided = decide(job.state, wish, {now_, options_.seed});
  RETRYLAB_ASSERT(decided.has_value(), "the plan is legal");
  append_batch batch;
  for (job_event const& event : *decided) {
    encoded_event encoded = encode(event);
    job_record const record{{++events_},          job.state.id, job.state.version + 1,
                            job.state.generation, now_,         event};
    batch.events.push_back({seq{}, record.job, record.version, record.generation,
                            std::string{encoded.type}, now_, std::move(encoded.data)});
    evolve(job.state, record);
  }
  group_events_ += batch.events.size();
  group_.push_back(std::move(batch));
}

std::optional<std::string> log_maker::flush() {
  if (group_.empty()) return std::nullopt;
  auto const stored = log_.append(group_);
  if (!stored) return stored.error().message;
  for (append_outcome const& outcome : *stored) {
    if (!std::holds_alternative<appended>(outcome))
      return "a batch was refused: the log was not empty";
  }
  group_.clear();
  group_events_ = 0;
  return std::nullopt;
}

}  // namespace retrylab::make_log
