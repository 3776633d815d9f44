#pragma once
// Scenarios as texts, for tests.

#include "lab/lab_run.hpp"
#include "lab/scenario_reader.hpp"

#include <gtest/gtest.h>

namespace retrylab {

inline scenario scenario_of(std::string const& text) {
  auto read = read_scenario(text);
  if (read) return std::move(*read);
  for (scenario_error const& e : read.error()) ADD_FAILURE() << describe(e, "scenario");
  return {};
}

inline lab_report report_of(std::string const& text, lab_options const& options = {}) {
  scenario const s = scenario_of(text);
  return run_scenario("s.yaml", s, options);
}

inline stage_run run_of(scenario const& s, std::uint64_t seed = 1) {
  return play(s, {.seed = seed});
}

}  // namespace retrylab
