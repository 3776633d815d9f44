#include "events/core/retry_rules.hpp"

#include "events/core/glob.hpp"

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 4> action_names{"retry_now", "retry_after", "policy",
                                                       "dead_letter"};

bool fits(std::string const& pattern, std::string_view text) {
  return pattern.empty() || glob{pattern}.matches(text);
}

}  // namespace

std::string_view to_string(rule_action action) {
  return action_names[static_cast<std::size_t>(action)];
}

std::optional<rule_action> parse_rule_action(std::string_view name) {
  auto const found = std::find(action_names.begin(), action_names.end(), name);
  if (found == action_names.end()) return std::nullopt;
  return static_cast<rule_action>(found - action_names.begin());
}

retry_rule const* find_rule(std::span<retry_rule const> rules, job_spec const& spec,
                            job_error const& error) {
  auto const found = std::find_if(rules.begin(), rules.end(), [&](retry_rule const& r) {
    return fits(r.error_type, error.type) && fits(r.message, error.message) &&
           fits(r.type, spec.type) && fits(r.queue, spec.queue);
  });
  return found == rules.end() ? nullptr : &*found;
}

std::string event_name(retry_rule const& rule) { return "rule:" + rule.name; }

}  // namespace retrylab
