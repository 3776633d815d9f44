#pragma once
// What operators say about failures of a certain sort, before a job's own policy is asked: try
// again at once, after a time, by another policy, or not at all. The first rule that matches
// decides; what is said with the failure itself (a worker's retry_after, a webhook's Retry-After)
// comes after the rules. max_attempts, max_age and the poison rule hold whatever a rule says. Pure.

#include "events/core/job_events.hpp"

#include <span>

namespace retrylab {

enum class rule_action : unsigned char { retry_now, retry_after, policy, dead_letter };

struct retry_rule {
  std::string name;
  // Patterns (events/core/glob.hpp); an empty one matches all.
  std::string error_type{};
  std::string message{};
  std::string type{};  // of the job
  std::string queue{};
  rule_action action{};
  milliseconds delay{};                  // of retry_after
  std::optional<retry_policy> policy{};  // of policy: the values it had when the rule was set
  bool operator==(retry_rule const&) const = default;
};

[[nodiscard]] std::string_view to_string(rule_action action);
[[nodiscard]] std::optional<rule_action> parse_rule_action(std::string_view name);

// The rule that decides; none: nobody has a say.
[[nodiscard]] retry_rule const* find_rule(std::span<retry_rule const> rules, job_spec const& spec,
                                          job_error const& error);

// How events name it: "rule:<name>".
[[nodiscard]] std::string event_name(retry_rule const& rule);

}  // namespace retrylab
