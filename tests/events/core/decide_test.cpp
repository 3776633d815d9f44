#include "events/core/limits.hpp"
#include "given.hpp"

#include <set>

namespace retrylab {
namespace {

using namespace testing_given;
using namespace std::chrono_literals;

// The first attempt of a job begins with event 12.
constexpr seq first_fence{12};

std::vector<job_event> running(job_spec s = spec()) {
  return {created{std::move(s)}, attempted{1, "w", std::nullopt}};
}
std::vector<job_event> retrying() {
  auto e = running();
  e.insert(e.end(), {failed{first_fence, 1, failure_cause::error, smtp},
                     retry_scheduled{noon + 1s, 1s, "fixed"}});
  return e;
}
std::vector<job_event> dead() {
  auto e = running(spec(1));
  e.insert(e.end(), {failed{first_fence, 1, failure_cause::error, smtp},
                     dead_lettered{dead_letter_reason::attempts_exhausted, "server"}});
  return e;
}
std::vector<job_event> done() {
  auto e = running();
  e.emplace_back(succeeded{first_fence, std::nullopt});
  return e;
}
std::vector<job_event> scheduled() {
  job_spec s = spec();
  s.run_at = noon + 1h;
  return {created{s}};
}

TEST(job_decide, a_new_job_is_created) {
  given({}).when(create_job{spec()}).then({created{spec()}});
}
TEST(job_decide, a_job_is_created_once) {
  given({created{spec()}}).when(create_job{spec()}).then_rejected(rejection::already_exists);
}
TEST(job_decide, nothing_is_decided_about_a_job_that_does_not_exist) {
  given({}).when(cancel_job{"me", ""}).then_rejected(rejection::no_such_job);
  given({}).when(tick{}).then_rejected(rejection::no_such_job);
}

TEST(job_decide, a_queued_job_starts_its_first_attempt) {
  given({created{spec()}}).when(start_attempt{"w"}).then({attempted{1, "w", std::nullopt}});
}
TEST(job_decide, an_attempt_is_leased_for_the_jobs_timeout) {
  job_spec s = spec();
  s.timeout = 5s;
  given({created{s}}).when(start_attempt{"w"}).then({attempted{1, "w", 5s}});
}
TEST(job_decide, a_scheduled_job_does_not_start_before_its_time) {
  given(scheduled()).at(noon + 1h - 1us).when(start_attempt{"w"}).then_rejected(rejection::not_due);
  given(scheduled()).at(noon + 1h).when(start_attempt{"w"}).then({attempted{1, "w", std::nullopt}});
}
TEST(job_decide, a_retry_does_not_start_before_it_is_due) {
  given(retrying()).at(noon + 1s - 1us).when(start_attempt{"w"}).then_rejected(rejection::not_due);
  given(retrying()).at(noon + 1s).when(start_attempt{"w"}).then({attempted{2, "w", std::nullopt}});
}
TEST(job_decide, a_running_or_ended_job_does_not_start) {
  given(running()).when(start_attempt{"w"}).then_rejected(rejection::not_due);
  given(done()).when(start_attempt{"w"}).then_rejected(rejection::not_due);
}
TEST(job_decide, a_job_older_than_its_max_age_is_dead_lettered_instead_of_started) {
  job_spec s = spec();
  s.retry.max_age = 10s;
  given({created{s}})
      .at(noon + 11s)
      .when(start_attempt{"w"})
      .then({dead_lettered{dead_letter_reason::max_age, "server"}});
}

TEST(job_decide, a_success_ends_the_job) {
  given(running())
      .when(report_success{first_fence, raw_json{"1"}})
      .then({succeeded{first_fence, raw_json{"1"}}});
}
TEST(job_decide, a_result_of_another_attempt_is_refused) {
  given(running()).when(report_success{seq{9}}).then_rejected(rejection::stale_fence);
  given(running())
      .when(report_failure{seq{13}, failure_cause::error, smtp})
      .then_rejected(rejection::stale_fence);
  given(running()).when(release_attempt{seq{13}, ""}).then_rejected(rejection::stale_fence);
}
TEST(job_decide, a_result_after_the_end_is_refused) {
  given(done()).when(report_success{first_fence}).then_rejected(rejection::not_running);
  given(retrying())
      .when(report_failure{first_fence, failure_cause::error, smtp})
      .then_rejected(rejection::not_running);
}

TEST(job_decide, a_failed_attempt_is_retried_after_the_delay_of_its_policy) {
  given(running())
      .at(noon + 5s)
      .when(report_failure{first_fence, failure_cause::error, smtp})
      .then({failed{first_fence, 1, failure_cause::error, smtp},
             retry_scheduled{noon + 5s + 500ms, 500ms, "exponential"}});
}
TEST(job_decide, a_failed_last_attempt_dead_letters_the_job) {
  given(running(spec(1)))
      .when(report_failure{first_fence, failure_cause::timeout, smtp})
      .then({failed{first_fence, 1, failure_cause::timeout, smtp},
             dead_lettered{dead_letter_reason::attempts_exhausted, "server"}});
}
TEST(job_decide, a_failure_that_may_not_be_retried_dead_letters_the_job) {
  given(running())
      .when(report_failure{first_fence, failure_cause::error, smtp, false})
      .then({failed{first_fence, 1, failure_cause::error, smtp},
             dead_lettered{dead_letter_reason::non_retryable, "server"}});
}
TEST(job_decide, the_first_rule_that_matches_comes_before_advice_and_policy) {
  std::vector<retry_rule> const rules{
      {.name = "other", .queue = "elsewhere", .action = rule_action::dead_letter},
      {.name = "mail", .error_type = smtp.type, .action = rule_action::retry_after, .delay = 7s},
      {.name = "late", .message = "*", .action = rule_action::dead_letter}};
  given(running())
      .at(noon)
      .with(rules)
      .when(report_failure{first_fence, failure_cause::error, smtp, false,
                           retry_advice{1s, "retry_after"}})
      .then({failed{first_fence, 1, failure_cause::error, smtp},
             retry_scheduled{noon + 7s, 7s, "rule:mail"}});
}
TEST(job_decide, a_rule_does_not_give_more_attempts) {
  given(running(spec(1)))
      .with({{.name = "again", .message = "*", .action = rule_action::retry_now}})
      .when(report_failure{first_fence, failure_cause::error, smtp})
      .then({failed{first_fence, 1, failure_cause::error, smtp},
             dead_lettered{dead_letter_reason::attempts_exhausted, "server"}});
}
TEST(job_decide, a_rule_may_dead_letter_and_is_named) {
  given(running())
      .with({{.name = "bad", .type = "*", .action = rule_action::dead_letter}})
      .when(report_failure{first_fence, failure_cause::error, smtp})
      .then({failed{first_fence, 1, failure_cause::error, smtp},
             dead_lettered{dead_letter_reason::rule, "rule:bad"}});
}
TEST(job_decide, a_retry_beyond_the_max_age_is_not_made) {
  job_spec s = spec();
  s.retry.max_age = 10s;
  given(running(s))
      .at(noon + 9600ms)
      .when(report_failure{first_fence, failure_cause::error, smtp})
      .then({failed{first_fence, 1, failure_cause::error, smtp},
             dead_lettered{dead_letter_reason::max_age, "server"}});
}
TEST(job_decide, the_kind_faktory_waits_as_faktory_does_up_to_its_max_age) {
  job_spec s = spec();
  s.retry.kind = retry_kind::faktory;
  s.retry.max_age = 10s;
  given(running(s))
      .when(report_failure{first_fence, failure_cause::error, smtp})
      .then({failed{first_fence, 1, failure_cause::error, smtp},
             dead_lettered{dead_letter_reason::max_age, "server"}});
}
TEST(job_decide, an_interrupted_attempt_counts_and_is_retried) {
  given(running())
      .when(report_failure{first_fence, failure_cause::interrupted, smtp})
      .then({failed{first_fence, 1, failure_cause::interrupted, smtp},
             retry_scheduled{noon + 500ms, 500ms, "exponential"}});
}

TEST(job_decide, a_released_attempt_burns_none) {
  given(running()).when(release_attempt{first_fence, "stop"}).then({released{first_fence, "stop"}});
  auto after = running();
  after.emplace_back(released{first_fence, "stop"});
  given(after).when(start_attempt{"w"}).then({attempted{1, "w", std::nullopt}});
}

TEST(job_decide, a_waiting_job_is_cancelled_at_once) {
  for (auto const& events : {std::vector<job_event>{created{spec()}}, scheduled(), retrying()}) {
    given(events).when(cancel_job{"me", "why"}).then({cancelled{std::nullopt, "me", "why"}});
  }
}
TEST(job_decide, a_running_job_is_asked_to_stop_once) {
  given(running()).when(cancel_job{"me", "why"}).then({cancel_requested{"me", "why"}});
  auto asked = running();
  asked.emplace_back(cancel_requested{"me", "why"});
  given(asked).when(cancel_job{"me", "again"}).then_rejected(rejection::cancel_pending);
  given(asked)
      .when(confirm_cancel{first_fence})
      .then({cancelled{first_fence, "server", "stopped on request"}});
  given(asked).when(report_success{first_fence}).then({succeeded{first_fence, std::nullopt}});
  given(asked)
      .when(report_failure{first_fence, failure_cause::error, smtp})
      .then(
          {cancelled{first_fence, "server", "the attempt failed after a cancel request: timeout"}});
  given(asked)
      .when(release_attempt{first_fence, "stop"})
      .then({cancelled{first_fence, "server", "released after a cancel request"}});
}
TEST(job_decide, a_stop_that_nobody_asked_for_is_refused) {
  given(running()).when(confirm_cancel{first_fence}).then_rejected(rejection::stale_fence);
}
TEST(job_decide, an_ended_job_is_not_cancelled) {
  given(done()).when(cancel_job{"me", ""}).then_rejected(rejection::not_cancellable);
  given(dead()).when(cancel_job{"me", ""}).then_rejected(rejection::not_cancellable);
}

TEST(job_decide, an_ended_job_is_requeued_with_its_edits) {
  retry_policy fixed;
  fixed.kind = retry_kind::fixed;
  given(dead())
      .when(retry_job{"me", "fixed", raw_json{"{\"a\":1}"}, 9, fixed})
      .then({requeued{"me", "fixed", raw_json{"{\"a\":1}"}, 9, fixed}});
  given(done()).when(retry_job{"me", ""}).then({requeued{"me", "", {}, {}, {}}});
}
TEST(job_decide, a_job_that_waits_for_its_time_becomes_due_now) {
  given(retrying()).when(retry_job{"me", "now"}).then({rescheduled{noon, "me", "now"}});
  given(scheduled()).when(retry_job{"me", "now"}).then({rescheduled{noon, "me", "now"}});
}
TEST(job_decide, edits_need_an_ended_job) {
  given(retrying())
      .when(retry_job{"me", "", raw_json{"{}"}, {}, {}})
      .then_rejected(rejection::edits_need_an_ended_job);
}
TEST(job_decide, a_job_that_runs_by_itself_is_not_retried) {
  given({created{spec()}}).when(retry_job{"me", ""}).then_rejected(rejection::not_retryable);
  given(running()).when(retry_job{"me", ""}).then_rejected(rejection::not_retryable);
  given(retrying()).at(noon + 2s).when(retry_job{"me", ""}).then_rejected(rejection::not_retryable);
}

TEST(job_decide, only_a_failed_job_is_discarded) {
  given(dead()).when(discard_job{"me", "junk"}).then({discarded{"me", "junk"}});
  for (auto const& events :
       {std::vector<job_event>{created{spec()}}, running(), retrying(), done()}) {
    given(events).when(discard_job{"me", ""}).then_rejected(rejection::not_failed);
  }
}
TEST(job_decide, only_a_waiting_job_is_dead_lettered_by_hand) {
  given(retrying())
      .when(dead_letter_job{"me"})
      .then({dead_lettered{dead_letter_reason::operator_, "me"}});
  given(running()).when(dead_letter_job{"me"}).then_rejected(rejection::not_waiting);
  given(dead()).when(dead_letter_job{"me"}).then_rejected(rejection::not_waiting);
}

TEST(job_decide, an_attempt_that_outlives_its_timeout_fails) {
  job_spec s = spec();
  s.timeout = 2s;
  std::vector<job_event> const leased{created{s}, attempted{1, "w", 2s}};
  timestamp const end = noon - 1ms + 2s;
  given(leased).at(end - 1us).when(tick{}).then_rejected(rejection::nothing_due);
  given(leased).at(end).when(tick{}).then(
      {failed{first_fence, 1, failure_cause::timeout, {"Timeout", "no result after 2000 ms"}},
       retry_scheduled{end + 500ms, 500ms, "exponential"}});
}
TEST(job_decide, a_lease_shorter_than_the_timeout_expires) {
  std::vector<job_event> const leased{created{spec()}, attempted{1, "w", 2s}};
  timestamp const end = noon - 1ms + 2s;
  given(leased).at(end).when(tick{}).then({failed{first_fence,
                                                  1,
                                                  failure_cause::lease_expired,
                                                  {"LeaseExpired", "no result after 2000 ms"}},
                                           retry_scheduled{end + 500ms, 500ms, "exponential"}});
}
TEST(job_decide, a_tick_means_nothing_to_a_job_that_waits_or_has_no_lease) {
  given(retrying()).at(noon + 1h).when(tick{}).then_rejected(rejection::nothing_due);
  given(running()).at(noon + 1h).when(tick{}).then_rejected(rejection::nothing_due);
}

TEST(job_decide, an_attempt_whose_worker_went_away_is_tried_again_at_once) {
  report_failure const lost{first_fence, failure_cause::worker_lost, {"WorkerLost", "w is gone"}};
  given(running()).when(lost).then(
      {failed{first_fence, 1, failure_cause::worker_lost, {"WorkerLost", "w is gone"}},
       retry_scheduled{noon, 0us, "worker_lost"}});
}
TEST(job_decide, a_job_that_three_workers_did_not_survive_is_poison) {
  job_error const gone{"WorkerLost", "w is gone"};
  std::vector<job_event> events{created{spec(9)}, attempted{1, "w", std::nullopt}};
  for (attempt_number n = 1; n < limits::lost_workers; ++n) {
    seq const fence{10 + events.size()};
    events.insert(events.end(), {failed{fence, n, failure_cause::worker_lost, gone},
                                 retry_scheduled{noon - 1h, 0us, "worker_lost"},
                                 attempted{n + 1, "w", std::nullopt}});
  }
  seq const fence{10 + events.size()};
  given(events)
      .when(report_failure{fence, failure_cause::worker_lost, gone})
      .then({failed{fence, 3, failure_cause::worker_lost, gone},
             dead_lettered{dead_letter_reason::poison, "server"}});
}
TEST(job_decide, advice_wins_over_the_policy) {
  report_failure failure{first_fence, failure_cause::error, smtp};
  failure.advice = retry_advice{7s, "Retry-After"};
  given(running()).when(failure).then({failed{first_fence, 1, failure_cause::error, smtp},
                                       retry_scheduled{noon + 7s, 7s, "Retry-After"}});
}
TEST(job_decide, a_job_that_wants_it_is_discarded_when_its_attempts_are_used_up) {
  job_spec s = spec(1);
  s.discard_exhausted = true;
  given(running(s))
      .when(report_failure{first_fence, failure_cause::error, smtp})
      .then({failed{first_fence, 1, failure_cause::error, smtp},
             discarded{"server", "its attempts are used up"}});
}
TEST(job_decide, an_expired_job_is_cancelled_instead_of_started) {
  job_spec s = spec();
  s.expires_at = noon;
  given({created{s}})
      .at(noon - 1us)
      .when(start_attempt{"w"})
      .then({attempted{1, "w", std::nullopt}});
  given({created{s}})
      .at(noon)
      .when(start_attempt{"w"})
      .then({cancelled{std::nullopt, "server", "expired"}});
}
TEST(job_decide, a_lease_only_grows) {
  std::vector<job_event> const leased{created{spec()}, attempted{1, "w", 2s}};
  timestamp const end = noon - 1ms + 2s;
  given(leased).when(extend_lease{first_fence, end + 1s}).then({extended{first_fence, end + 1s}});
  given(leased).when(extend_lease{first_fence, end}).then_rejected(rejection::nothing_due);
  given(leased).when(extend_lease{seq{9}, end + 1s}).then_rejected(rejection::stale_fence);
  given(running()).when(extend_lease{first_fence, end}).then_rejected(rejection::nothing_due);
}
TEST(job_decide, progress_may_be_told_at_any_time) {
  given(running()).when(report_progress{40, "page 4"}).then({progressed{40, "page 4"}});
  given(done()).when(report_progress{100, {}}).then({progressed{100, std::nullopt}});
  given({created{spec()}}).when(report_progress{1, {}}).then({progressed{1, std::nullopt}});
}

TEST(job_decide, what_was_meant_for_another_status_is_refused) {
  job_status const still = job_status::scheduled;
  given({created{spec()}}).when(cancel_job{"me", "", still}).then_rejected(rejection::moved_on);
  given({created{spec()}}).when(dead_letter_job{"me", still}).then_rejected(rejection::moved_on);
  given(done())
      .when(retry_job{"me", "", {}, {}, {}, job_status::failed})
      .then_rejected(rejection::moved_on);
  given({created{spec()}})
      .when(cancel_job{"me", "", job_status::queued})
      .then({cancelled{std::nullopt, "me", ""}});
}

TEST(job_decide, every_rejection_has_a_sentence_of_its_own) {
  std::set<std::string> sentences;
  for (int i = 0; i <= static_cast<int>(rejection::moved_on); ++i)
    sentences.insert(explain(static_cast<rejection>(i), job_status::queued));
  EXPECT_EQ(sentences.size(), static_cast<std::size_t>(rejection::moved_on) + 1);
}

}  // namespace
}  // namespace retrylab
