#include "actors/executors/simulation_plan.hpp"

#include "events/core/entropy.hpp"
#include "events/core/limits.hpp"

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 4> end_names{"success", "fail", "timeout", "crash"};
constexpr std::uint32_t certain_ppm = 1'000'000;

std::optional<simulated_end> parse_end(std::string_view name) {
  auto const found = std::find(end_names.begin(), end_names.end(), name);
  if (found == end_names.end()) return std::nullopt;
  return static_cast<simulated_end>(found - end_names.begin());
}

void read_force(json_fields& f, simulation_plan& plan) {
  if (!f.raw("force")) return;
  auto const force =
      f.raw("force")->front() == '"' ? f.optional<std::string>("force") : std::nullopt;
  if (force == "success" || force == "fail") {
    plan.force_success = force == "success";
  } else {
    f.fail("force", "must be \"success\" or \"fail\"");
  }
}

void read_sequence(json_fields& f, simulation_plan& plan) {
  auto const names = f.optional<std::vector<std::string>>("sequence");
  if (!names) return;
  if (names->empty() || names->size() > limits::sequence_steps) {
    return f.fail("sequence",
                  "must have 1 to " + std::to_string(limits::sequence_steps) + " steps");
  }
  for (std::string const& name : *names) {
    auto const end = parse_end(name);
    if (!end)
      return f.fail("sequence", "has \"" + name + "\"; steps are success, fail, timeout and crash");
    plan.sequence.push_back(*end);
  }
}

simulated_attempt of(simulated_end end, std::string error_type, std::string message) {
  if (end == simulated_end::timeout) return {end, "Timeout", "The simulated worker hung"};
  if (end == simulated_end::crash) return {end, "WorkerCrashed", "The simulated worker crashed"};
  if (end == simulated_end::success) return {end};
  return {end, std::move(error_type), std::move(message)};
}

simulated_end success_if(bool success) {
  return success ? simulated_end::success : simulated_end::fail;
}

}  // namespace

result<simulation_plan, std::vector<field_error>> read_simulation_plan(raw_json const& payload) {
  simulation_plan plan;
  json_fields f{payload.text, "payload.", json_fields::checked::yes};
  read_force(f, plan);
  read_sequence(f, plan);
  if (auto const n = f.in_range("fail_times", 0, 1'000'000))
    plan.fail_times = static_cast<std::uint32_t>(*n);
  if (auto const ms = f.in_range("duration_ms", 0, milliseconds{limits::timeout_max}.count()))
    plan.duration = milliseconds{*ms};
  if (auto const rate = f.decimal("success_rate", 6)) {
    if (*rate > certain_ppm) f.fail("success_rate", "must be a number from 0 to 1");
    plan.success_ppm = static_cast<std::uint32_t>(*rate);
  }
  if (auto const seed = f.in_range("seed", 0, std::numeric_limits<std::int64_t>::max()))
    plan.seed = static_cast<std::uint64_t>(*seed);
  if (!f.ok()) return f.errors();
  return plan;
}

simulated_attempt simulate(simulation_plan const& plan, std::uint64_t server_seed, job_id job,
                           generation_number generation, attempt_number attempt) {
  if (plan.force_success)
    return of(success_if(*plan.force_success), "ForcedFailure", "Forced failure");
  if (!plan.sequence.empty()) {
    std::size_t const step = std::min<std::size_t>(attempt, plan.sequence.size());
    return of(plan.sequence[step - 1], "PlannedFailure",
              "Planned failure at step " + std::to_string(step) + " of the sequence");
  }
  if (plan.fail_times) {
    std::string const count = std::to_string(attempt) + "/" + std::to_string(*plan.fail_times);
    return of(success_if(attempt > *plan.fail_times), "PlannedFailure", "Planned failure " + count);
  }
  std::uint64_t const drawn =
      draw(draw_for::outcome, plan.seed.value_or(server_seed), job, generation, attempt);
  return of(success_if(drawn % certain_ppm < plan.success_ppm), "SimulatedFailure",
            "Simulated failure");
}

}  // namespace retrylab
