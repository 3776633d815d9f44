#pragma once
// A scenario file as a scenario, or everything that is wrong with it, each complaint with its line
// and the path of its field.

#include "lab/scenario.hpp"
#include "lab/yaml_fields.hpp"

namespace retrylab {

[[nodiscard]] result<scenario, complaints> read_scenario(std::string const& text);

// How many jobs will come; about, where they come by chance.
[[nodiscard]] std::uint64_t expected_jobs(scenario const& s);

// A file with one retry policy, as the value of `retry`. `name`: what it is called when the file
// does not say so.
[[nodiscard]] result<retry_policy, complaints> read_policy_file(std::string const& text,
                                                                std::string name);

// "FILE:LINE: field message".
[[nodiscard]] std::string describe(scenario_error const& error, std::string const& file);
// A line each.
[[nodiscard]] std::string describe(complaints const& errors, std::string const& file);

// The parts, in files of their own.
void read_workers(yaml_fields& f, scenario& s);
void read_checks(yaml_fields& f, scenario& s);
[[nodiscard]] job_scope read_scope(yaml_fields& f, scenario const& s);
[[nodiscard]] window read_window(yaml_fields& f, scenario const& s);
[[nodiscard]] retry_policy read_policy(yaml_fields& f, std::string_view name,
                                       yaml_value const& value);

}  // namespace retrylab
