#pragma once
// given({events}).at(time).when(command).then({events}) or .then_rejected(why): a decision as a
// sentence.

#include "events/core/decide.hpp"

#include <gtest/gtest.h>

namespace retrylab {

inline void PrintTo(rejection r, std::ostream* out) { *out << explain(r, job_status::queued); }

namespace testing_given {

inline constexpr timestamp noon = from_micros(1'767'268'800'000'000);  // 2026-01-01T12:00:00Z
inline constexpr std::uint64_t seed = 42;
inline constexpr job_id job{7};

// The events of a stream, one a millisecond before noon unless told otherwise, with seqs 11, 12, 13
// …
inline job_state state_after(std::vector<job_event> const& events,
                             timestamp last = noon - milliseconds{1}) {
  job_state state;
  auto const count = static_cast<std::int64_t>(events.size());
  for (std::int64_t i = 0; i < count; ++i) {
    job_event const& event = events[static_cast<std::size_t>(i)];
    EXPECT_EQ(why_illegal(state, event), std::nullopt) << "given event " << i + 1;
    generation_number const generation =
        state.generation + (std::holds_alternative<requeued>(event) ? 1 : 0);
    evolve(state, {seq{static_cast<std::uint64_t>(11 + i)}, job, static_cast<stream_version>(i + 1),
                   generation, last - milliseconds{count - 1 - i}, event});
  }
  return state;
}

class given {
 public:
  explicit given(std::vector<job_event> const& events) : state_(state_after(events)) {}
  given& at(timestamp t) {
    now_ = t;
    return *this;
  }
  given& when(job_command command) {
    command_ = std::move(command);
    return *this;
  }
  given& with(std::vector<retry_rule> rules) {
    rules_ = std::move(rules);
    return *this;
  }
  void then(std::vector<job_event> const& expected) {
    decision const decided = decide(state_, command_, {now_, seed, rules_});
    ASSERT_TRUE(decided) << explain(decided.error(), state_.status);
    EXPECT_EQ(*decided, expected);
    job_state next = state_;
    for (job_event const& event : *decided) {
      EXPECT_EQ(why_illegal(next, event), std::nullopt);
      evolve(next, {seq{100}, job, next.version + 1, next.generation, now_, event});
    }
  }
  void then_rejected(rejection why) {
    decision const decided = decide(state_, command_, {now_, seed, rules_});
    ASSERT_FALSE(decided);
    EXPECT_EQ(decided.error(), why);
  }

 private:
  std::vector<retry_rule> rules_;
  job_state state_;
  timestamp now_ = noon;
  job_command command_;
};

inline job_spec spec(attempt_number max_attempts = 3) {
  job_spec s;
  s.type = "mail";
  s.max_attempts = max_attempts;
  s.retry.jitter_ppm = 0;
  return s;
}
inline job_error const smtp{"Smtp", "timeout"};

}  // namespace testing_given
}  // namespace retrylab
