#include "lab/attempt_model.hpp"

#include "actors/executors/simulated_executor.hpp"
#include "events/core/entropy.hpp"
#include "events/core/limits.hpp"
#include "lab/fixed_point.hpp"
#include "lab/random.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::uint64_t speed_purpose = 2;
constexpr fixed log2_e = 6'196'328'019;  // of 2^32

__extension__ typedef __int128 wide;

microseconds times(microseconds takes, std::uint64_t numerator, std::uint64_t denominator) {
  wide const product = wide{takes.count()} * static_cast<std::int64_t>(numerator) /
                       static_cast<std::int64_t>(denominator);
  constexpr wide most = limits::lab_duration.count();
  return microseconds{static_cast<std::int64_t>(std::min(product, most))};
}

// In thousandths.
std::uint64_t draw_speed(speed const& pace, random_stream& chance) {
  return std::visit(
      overloaded{[](fixed_speed const& s) { return s.milli; },
                 [&](uniform_speed const& s) { return chance.between(s.low_milli, s.high_milli); },
                 [&](lognormal_speed const& s) {
                   fixed const z = normal([&] { return chance.next(); });
                   fixed const sigma = static_cast<fixed>(s.sigma_milli) * fixed_one / 1000;
                   fixed const exponent = scale(scale(z, sigma), log2_e);
                   std::int64_t const milli =
                       scale(static_cast<std::int64_t>(s.median_milli), power_of_two(exponent));
                   return static_cast<std::uint64_t>(std::clamp<std::int64_t>(milli, 1, 1'000'000));
                 }},
      pace);
}

}  // namespace

microseconds attempt_model::stretched(microseconds takes, attempt_work const& work,
                                      speed const& pace) const {
  std::uint64_t milli = 1000;
  if (auto const* const same = std::get_if<fixed_speed>(&pace)) {
    milli = same->milli;
  } else {
    std::uint64_t const own =
        draw(draw_for::outcome, seed_, work.job, work.generation, work.attempt);
    random_stream chance{own, speed_purpose};
    milli = draw_speed(pace, chance);
  }
  return times(takes, 1000, milli);
}

std::optional<modelled_attempt> attempt_model::as_recorded(attempt_work const& work,
                                                           microseconds now) const {
  auto const type = scenario_.history.find(work.spec->type);
  if (type == scenario_.history.end()) return std::nullopt;
  attempts_seen const* const seen = type->second.at(now);
  if (!seen) return std::nullopt;
  auto const count = static_cast<std::int64_t>(seen->count);
  modelled_attempt m{microseconds{seen->time.count() / count}};
  std::uint64_t const drawn =
      draw(draw_for::outcome, seed_, work.job, work.generation, work.attempt);
  if (drawn % seen->count < seen->failed) {
    m.end = attempt_failed{failure_cause::error, seen->error};
  } else {
    m.end = outcome_of({simulated_end::success}, work.attempt);
  }
  return m;
}

modelled_attempt attempt_model::plan(attempt_work const& work, job_group const& group,
                                     speed const& pace, microseconds now) const {
  if (auto const recorded = as_recorded(work, now)) return *recorded;
  auto const plan = read_simulation_plan(work.spec->payload);
  simulated_attempt will = simulate(*plan, seed_, work.job, work.generation, work.attempt);
  modelled_attempt m{plan->duration};
  m.hangs = will.end == simulated_end::timeout && work.spec->timeout;
  m.end = outcome_of(std::move(will), work.attempt);
  for (outage const& o : scenario_.outages) {
    if (!o.time.has(now) || !includes(o.scope, group)) continue;
    m = {o.takes.value_or(plan->duration), false,
         attempt_failed{failure_cause::error, o.error, o.retryable}};
    break;
  }
  m.takes = stretched(m.takes, work, pace);
  for (slow_down const& d : scenario_.slow_downs) {
    if (!d.time.has(now) || !includes(d.scope, group)) continue;
    m.takes = times(m.takes, d.factor_milli, 1000);
  }
  return m;
}

}  // namespace retrylab
