// Named retry policies.

#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/json_writer.hpp"
#include "http/handlers.hpp"
#include "http/job_requests.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

namespace retrylab {
namespace {

void append_named(std::string& out, std::string_view name, named_policy const& p) {
  json_writer w{out};
  w.string("name", name).number("version", p.version);
  w.nested("policy", [&](std::string& to) { append(to, p.policy); }).close();
}

response policy_response(std::string_view name, named_policy const& p) {
  response r;
  append_named(r.body, name, p);
  return r;
}

result<retry_policy, response> read_policy_body(std::string_view body) {
  json_fields f{body};
  if (f.has("name")) f.fail("name", "is the last part of the path");
  retry_policy policy = read_retry_policy(f);
  if (!f.ok()) return bad_fields(f);
  return policy;
}

}  // namespace

handler_result get_policies(request const&, server_context& server) {
  response r;
  r.body = "[";
  for (auto const& [name, policy] : server.core.policies().all()) {
    if (r.body.size() > 1) r.body += ',';
    append_named(r.body, name, policy);
  }
  r.body += ']';
  co_return r;
}

handler_result get_policy(request const& req, server_context& server) {
  std::string const& name = req.params.at(0);
  auto const& all = server.core.policies().all();
  auto const found = all.find(name);
  if (found == all.end()) co_return problem(404, "there is no policy " + name);
  co_return policy_response(name, found->second);
}

handler_result put_policy(request const& req, server_context& server) {
  std::string const name = req.params.at(0);
  if (!is_queue_name(name))
    co_return problem(422, std::string{"the policy's name "} + queue_name_rule,
                      {{"name", queue_name_rule}});
  auto const policy = read_policy_body(req.body);
  if (!policy) co_return policy.error();
  auto const& all = server.core.policies().all();
  if (all.size() >= limits::policies && !all.contains(name))
    co_return problem(
        409, "there are at most " + std::to_string(limits::policies) + " policies; change one");
  auto start = [&server, name, wanted = *policy](completion<policy_answer> waiting) mutable {
    server.core.policies().set(name, std::move(wanted), std::move(waiting).as_callback());
  };
  policy_answer const answer = co_await suspend_with<policy_answer>(std::move(start));
  if (!answer) co_return problem(answer.error(), system_id);
  co_return policy_response(name, *answer);
}

}  // namespace retrylab
