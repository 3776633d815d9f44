#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

#include <array>

namespace retrylab {
namespace {

struct pattern_field {
  std::string_view name;
  std::string retry_rule::* pattern;
};
constexpr std::array<pattern_field, 4> patterns{{{"error_type", &retry_rule::error_type},
                                                 {"message", &retry_rule::message},
                                                 {"type", &retry_rule::type},
                                                 {"queue", &retry_rule::queue}}};

void append(std::string& out, retry_rule const& r) {
  json_writer w{out};
  w.string("name", r.name);
  for (auto const& [name, pattern] : patterns) {
    if (!(r.*pattern).empty()) w.string(name, r.*pattern);
  }
  w.string("action", to_string(r.action));
  if (r.action == rule_action::retry_after) w.number("delay_ms", r.delay.count());
  if (r.policy) w.nested("policy", [&](std::string& to) { append(to, *r.policy); });
  w.close();
}

// An object, or the name of one of the policies.
retry_policy read_policy_of(json_fields& f, std::string_view text, policy_map const* policies) {
  if (policies && text.starts_with('"')) {
    auto const found = policies->find(json_text(text));
    if (found == policies->end()) return f.fail("policy", "names no policy"), retry_policy{};
    return found->second.as_taken(found->first);
  }
  json_fields nested{text, "policy.", json_fields::checked::yes};
  retry_policy policy = read_retry_policy(nested);
  f.adopt(nested.errors());
  return policy;
}

}  // namespace

void append(std::string& out, std::vector<retry_rule> const& rules) {
  out += '[';
  for (retry_rule const& r : rules) {
    if (out.back() != '[') out += ',';
    append(out, r);
  }
  out += ']';
}

retry_rule read_retry_rule(json_fields& f, policy_map const* policies) {
  retry_rule r;
  r.name = f.required<std::string>("name");
  bool asks = false;
  for (auto const& [name, pattern] : patterns) {
    r.*pattern = f.optional<std::string>(name).value_or("");
    asks = asks || !(r.*pattern).empty();
    if ((r.*pattern).size() > limits::rule_pattern_bytes)
      f.fail(name, "must have at most " + std::to_string(limits::rule_pattern_bytes) + " bytes");
  }
  if (f.ok() && !asks) f.fail("error_type", "or message, type or queue is required");
  auto const action = parse_rule_action(f.required<std::string>("action"));
  if (!action && f.ok()) f.fail("action", "must be retry_now, retry_after, policy or dead_letter");
  r.action = action.value_or(rule_action::retry_now);
  auto const delay = f.in_range("delay_ms", 0, milliseconds{limits::delay_max}.count());
  if (delay) r.delay = milliseconds{*delay};
  if (f.ok() && delay.has_value() != (r.action == rule_action::retry_after))
    f.fail("delay_ms", delay ? "is for retry_after only" : "is required");
  if (auto const text = f.raw("policy")) {
    r.policy = read_policy_of(f, *text, policies);
  }
  if (f.ok() && r.policy.has_value() != (r.action == rule_action::policy))
    f.fail("policy", r.policy ? "is for the action policy only" : "is required");
  f.finish();
  return r;
}

}  // namespace retrylab
