#include "actors/policy_book.hpp"

namespace retrylab {

void policy_book::set(std::string name, retry_policy policy, callback<policy_answer> answer) {
  auto const found = all().find(name);
  if (found != all().end() && found->second.policy == policy)
    return std::move(answer)(policy_answer{found->second});
  std::uint32_t const version = found == all().end() ? 1 : found->second.version + 1;
  auto stored = [this, name, answer = std::move(answer)](append_reply reply) mutable {
    if (!std::holds_alternative<appended>(reply))
      return std::move(answer)(policy_answer{refusal_of(reply)});
    std::move(answer)(policy_answer{all().at(name)});
  };
  system_.append(policy_set{std::move(name), version, std::move(policy), "operator"},
                 std::move(stored));
}

void policy_book::set_rules(std::vector<retry_rule> rules, callback<append_reply> answer) {
  system_.append(rules_set{std::move(rules), "operator"}, std::move(answer));
}

}  // namespace retrylab
