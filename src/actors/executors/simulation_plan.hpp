#pragma once
// What a simulated attempt will do, read from the job's payload. The same payload, seed, job and
// attempt always give the same end.
//
//   {"force":"success"|"fail"}   always             {"fail_times":N}          the first N attempts
//   fail
//   {"sequence":["fail",…]}      one an attempt, the last repeats              {"duration_ms":D}
//   how long (default 500)
//   {"success_rate":0.8,"seed":7}  by chance; the default, with the server's seed
//
// force wins over sequence, sequence over fail_times, fail_times over success_rate. Other keys are
// the user's own.

#include "events/core/job_events.hpp"
#include "events/core/result.hpp"
#include "events/json_fields.hpp"

#include <vector>

namespace retrylab {

enum class simulated_end : unsigned char { success, fail, timeout, crash };

struct simulation_plan {
  std::optional<bool> force_success{};
  std::vector<simulated_end> sequence{};
  std::optional<std::uint32_t> fail_times{};
  milliseconds duration{500};
  std::uint32_t success_ppm = 800'000;
  std::optional<std::uint64_t> seed{};
};

// A control of the wrong type or range is a complaint that names it, as in "payload.fail_times".
[[nodiscard]] result<simulation_plan, std::vector<field_error>> read_simulation_plan(
    raw_json const& payload);

struct simulated_attempt {
  simulated_end end;
  std::string error_type{};  // of an end that is not a success
  std::string message{};
};

[[nodiscard]] simulated_attempt simulate(simulation_plan const& plan, std::uint64_t server_seed,
                                         job_id job, generation_number generation,
                                         attempt_number attempt);

}  // namespace retrylab
