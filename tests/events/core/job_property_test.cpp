// Random sequences of commands against the invariants of a job (J1 to J9). The commands are drawn
// with fences and times that are right, late, early or invented; whatever decide() makes of them,
// the log must stay sound.

#include "events/core/decide.hpp"
#include "events/event_codec.hpp"
#include "events/log_audit.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

// A step of a run: which command, and how far time goes before it. Small numbers, so that
// rapidcheck can shrink them.
struct step {
  int what;
  int fence_offset;  // 0: the running attempt's fence
  std::int64_t wait_ms;
  int variant;
};

void showValue(step const& s, std::ostream& out) {
  out << "{" << s.what << ", " << s.fence_offset << ", " << s.wait_ms << " ms, " << s.variant
      << "}";
}

rc::Gen<step> any_step() {
  return rc::gen::build<step>(
      rc::gen::set(&step::what, rc::gen::inRange(0, 12)),
      rc::gen::set(&step::fence_offset, rc::gen::weightedElement<int>({{8, 0}, {1, -1}, {1, 1}})),
      rc::gen::set(&step::wait_ms, rc::gen::inRange<std::int64_t>(0, 3000)),
      rc::gen::set(&step::variant, rc::gen::inRange(0, 6)));
}

rc::Gen<job_spec> any_spec() {
  return rc::gen::apply(
      [](int attempts, int kind, std::int64_t base, std::int64_t cap, int factor, int jitter,
         int age, int timeout) {
        job_spec s;
        s.type = "mail";
        s.max_attempts = static_cast<attempt_number>(attempts);
        s.retry.kind = static_cast<retry_kind>(kind);
        s.retry.base = milliseconds{base};
        s.retry.cap = milliseconds{cap};
        s.retry.factor_milli = static_cast<std::uint32_t>(factor);
        s.retry.jitter_ppm = static_cast<std::uint32_t>(jitter);
        if (age > 0) s.retry.max_age = milliseconds{age};
        if (timeout > 0) s.timeout = milliseconds{timeout};
        s.discard_exhausted = attempts % 2 == 0;
        if (age % 3 == 0) s.expires_at = from_micros(1'767'268'800'000'000) + milliseconds{age};
        return s;
      },
      rc::gen::inRange(1, 8), rc::gen::inRange(0, 3), rc::gen::inRange<std::int64_t>(0, 2000),
      rc::gen::inRange<std::int64_t>(0, 9000), rc::gen::inRange(1000, 4000),
      rc::gen::inRange(0, 1'000'000), rc::gen::inRange(-20'000, 20'000),
      rc::gen::inRange(-2000, 2000));
}

job_command command_of(step const& s, job_state const& state) {
  seq fence = state.running ? state.running->fence : seq{3};
  fence.value += static_cast<std::uint64_t>(s.fence_offset);
  switch (s.what) {
    case 0:
    case 1:
      return start_attempt{"w", s.variant == 0 ? std::optional{milliseconds{500}} : std::nullopt};
    case 2:
      return report_success{fence, s.variant == 0 ? std::optional{raw_json{"{}"}} : std::nullopt};
    case 3:
      return report_failure{
          fence, static_cast<failure_cause>(s.variant % 5), {"E", "m"}, s.variant != 5};
    case 4:
      return release_attempt{fence, "r"};
    case 5:
      return s.variant < 4 ? job_command{tick{}} : job_command{cancel_job{"me", ""}};
    case 6:
      return confirm_cancel{fence};
    case 7:
      return retry_job{
          "me", "", s.variant == 0 ? std::optional{raw_json{"{}"}} : std::nullopt, {}, {}};
    case 8:
      return discard_job{"me", ""};
    case 9:
      return extend_lease{fence,
                          from_micros(1'767'268'800'000'000) + milliseconds{10'000 * s.variant}};
    case 10:
      return report_progress{static_cast<unsigned>(s.variant), "some"};
    default:
      return s.variant == 0 ? job_command{dead_letter_job{"me"}} : job_command{create_job{}};
  }
}

// What the actor does, without its threads.
struct stream {
  log_audit audit;
  job_state state;
  seq last{};
  timestamp now = from_micros(1'767'268'800'000'000);

  bool apply(job_command const& command) {
    state.id = job_id{1};
    decision const decided = decide(state, command, {now, 42});
    if (!decided) return false;
    for (job_event const& event : *decided) {
      last = last.next();
      generation_number const generation =
          state.generation + (std::holds_alternative<requeued>(event) ? 1 : 0);
      encoded_event const e = encode(event);
      audit.see(stored_event{last, job_id{1}, state.version + 1, generation, std::string{e.type},
                             now, e.data});
      evolve(state, {last, job_id{1}, state.version + 1, generation, now, event});
    }
    return true;
  }
};

RC_GTEST_PROP(job_property, no_sequence_of_commands_breaks_an_invariant, ()) {
  stream s;
  RC_ASSERT(s.apply(create_job{*any_spec()}));
  auto const steps = *rc::gen::container<std::vector<step>>(60, any_step());
  int accepted = 0;
  for (step const& next : steps) {
    s.now += milliseconds{next.wait_ms};
    accepted += s.apply(command_of(next, s.state)) ? 1 : 0;
    RC_ASSERT(s.state.attempts <= s.state.spec->max_attempts);                          // J4
    RC_ASSERT(s.state.running.has_value() == (s.state.status == job_status::running));  // F2
    RC_ASSERT(s.state.finished_at.has_value() == is_ended(s.state.status));
    RC_ASSERT(s.state.due.has_value() <= (s.state.status == job_status::retrying));  // T5
  }
  if (!s.audit.violations().empty()) RC_FAIL(s.audit.violations().front());
  RC_ASSERT(s.state ==
            s.audit.jobs().at(job_id{1}));  // P1: decoding what was encoded gives the same state
  RC_CLASSIFY(accepted > 10, "more than ten accepted");
  RC_CLASSIFY(s.state.generation > 1, "retried by hand");
}

}  // namespace
}  // namespace retrylab
