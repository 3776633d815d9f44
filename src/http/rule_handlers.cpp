// Retry rules: what operators say about failures of a certain sort. Set as a whole, since their
// order decides.

#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/json_fields.hpp"
#include "http/handlers.hpp"
#include "http/job_requests.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

namespace retrylab {
namespace {

using read_rules = result<std::vector<retry_rule>, response>;

read_rules read_body(std::string_view body, policy_map const& policies) {
  if (auto const defect = json_defect(body))
    return problem(400, "the body is not JSON: " + *defect);
  std::size_t const begin = body.find_first_not_of(" \t\r\n");
  if (body[begin] != '[') return problem(422, "the body must be an array of rules");
  std::vector<retry_rule> rules;
  std::vector<field_error> errors;
  for (std::string_view const element : json_elements(body)) {
    std::string const prefix = "[" + std::to_string(rules.size()) + "].";
    json_fields f{element, prefix, json_fields::checked::yes};
    rules.push_back(read_retry_rule(f, &policies));
    std::string const& name = rules.back().name;
    if (f.ok() && !is_queue_name(name)) f.fail("name", queue_name_rule);
    auto const same = std::count_if(rules.begin(), rules.end(),
                                    [&](retry_rule const& r) { return r.name == name; });
    if (f.ok() && same > 1) f.fail("name", "is that of a rule before");
    errors.insert(errors.end(), f.errors().begin(), f.errors().end());
    if (rules.size() > limits::rules)
      return problem(422, "there are at most " + std::to_string(limits::rules) + " rules");
  }
  if (errors.empty()) return rules;
  return problem(422, errors.front().field + " " + errors.front().message, errors);
}

response rules_response(std::vector<retry_rule> const& rules) {
  response r;
  append(r.body, rules);
  return r;
}

}  // namespace

handler_result get_rules(request const&, server_context& server) {
  co_return rules_response(server.core.policies().rules());
}

handler_result put_rules(request const& req, server_context& server) {
  auto rules = read_body(req.body, server.core.policies().all());
  if (!rules) co_return rules.error();
  auto start = [&server, wanted = std::move(*rules)](completion<append_reply> waiting) mutable {
    server.core.policies().set_rules(std::move(wanted), std::move(waiting).as_callback());
  };
  append_reply const reply = co_await suspend_with<append_reply>(std::move(start));
  if (!std::holds_alternative<appended>(reply)) co_return problem(refusal_of(reply), system_id);
  co_return rules_response(server.core.policies().rules());
}

}  // namespace retrylab
