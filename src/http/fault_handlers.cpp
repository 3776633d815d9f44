// Faults on purpose: rules for what workers are told, in a server that was started with --lab.

#include "events/core/limits.hpp"
#include "events/json_writer.hpp"
#include "http/handlers.hpp"
#include "http/job_requests.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr int probability_scale = 6;

response not_a_lab() {
  return problem(409, "faults are injected only by a server that was started with --lab");
}

void append_fault(std::string& out, fault_setting const& setting) {
  fault_rule const& r = setting.rule;
  auto const number = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
  json_writer w{out};
  w.string("name", r.name).string("kind", fault_kind_names[static_cast<std::size_t>(r.kind)]);
  r.queue.empty() ? w.null("queue") : w.string("queue", r.queue);
  r.type.empty() ? w.null("type") : w.string("type", r.type);
  r.every > 0 ? w.null("probability") : w.fixed("probability", r.ppm, probability_scale);
  w.number("every", r.every > 0 ? std::optional<std::int64_t>{r.every} : std::nullopt);
  w.number("seed", number(r.seed));
  w.number("limit", r.limit ? std::optional{number(*r.limit)} : std::nullopt);
  w.number("delay_ms", r.delay.count()).number("injected", number(setting.injected)).close();
}

response fault_response(fault_setting const& setting) {
  response r;
  append_fault(r.body, setting);
  return r;
}

void read_kind(json_fields& f, fault_rule& rule) {
  std::string const kind = f.required<std::string>("kind");
  auto const found = std::ranges::find(fault_kind_names, kind);
  if (found == fault_kind_names.end())
    return f.fail("kind",
                  "must be deliver_twice, drop_ack, delay_fetch, expire_lease, quiet_beat or "
                  "cut_connection");
  rule.kind = static_cast<fault_kind>(found - fault_kind_names.begin());
}

void read_often(json_fields& f, fault_rule& rule) {
  auto const probability = f.decimal("probability", probability_scale);
  auto const every = f.in_range("every", 1, limits::fault_every_max);
  if (probability && *probability > always_ppm)
    f.fail("probability", "must be a number from 0 to 1");
  if (probability && every) f.fail("every", "goes without probability");
  if (probability)
    rule.ppm = static_cast<std::uint32_t>(std::min<std::uint64_t>(*probability, always_ppm));
  if (every) rule.every = static_cast<std::uint32_t>(*every);
  if (auto const seed = f.in_range("seed", 0, INT64_MAX))
    rule.seed = static_cast<std::uint64_t>(*seed);
  if (auto const limit = f.in_range("limit", 1, INT64_MAX))
    rule.limit = static_cast<std::uint64_t>(*limit);
}

void read_delay(json_fields& f, fault_rule& rule) {
  bool const delays = rule.kind == fault_kind::delay_fetch;
  bool const takes_one = delays || rule.kind == fault_kind::expire_lease;
  auto const ms = f.in_range("delay_ms", 0, milliseconds{limits::fault_delay_max}.count());
  if (delays && !ms) f.fail("delay_ms", "is required of delay_fetch");
  if (ms && !takes_one) f.fail("delay_ms", "is of delay_fetch and expire_lease only");
  rule.delay = milliseconds{ms.value_or(0)};
}

result<fault_rule, response> read_rule(std::string const& name, std::string_view body) {
  json_fields f{body};
  fault_rule rule{.name = name};
  if (f.has("name")) f.fail("name", "is the last part of the path");
  read_kind(f, rule);
  rule.queue = f.optional<std::string>("queue").value_or("");
  rule.type = f.optional<std::string>("type").value_or("");
  if (!rule.queue.empty() && !is_queue_name(rule.queue)) f.fail("queue", queue_name_rule);
  if (!rule.type.empty()) check_length(f, "type", rule.type, limits::type_chars);
  if (!rule.type.empty() && f.ok() && !is_about_jobs(rule.kind))
    f.fail("type", "cannot be told before there is a job; name a queue");
  read_often(f, rule);
  read_delay(f, rule);
  f.finish();
  if (!f.ok()) return bad_fields(f);
  return rule;
}

}  // namespace

handler_result get_faults(request const&, server_context& server) {
  if (!server.core.faults().enabled()) co_return not_a_lab();
  response r;
  r.body = "[";
  for (auto const& [name, setting] : server.core.faults().rules()) {
    if (r.body.size() > 1) r.body += ',';
    append_fault(r.body, setting);
  }
  r.body += ']';
  co_return r;
}

handler_result get_fault(request const& req, server_context& server) {
  if (!server.core.faults().enabled()) co_return not_a_lab();
  std::string const& name = req.params.at(0);
  auto const found = server.core.faults().rules().find(name);
  if (found == server.core.faults().rules().end())
    co_return problem(404, "there is no fault rule " + name);
  co_return fault_response(found->second);
}

handler_result put_fault(request const& req, server_context& server) {
  fault_injector& faults = server.core.faults();
  if (!faults.enabled()) co_return not_a_lab();
  std::string const name = req.params.at(0);
  if (!is_queue_name(name))
    co_return problem(422, std::string{"the rule's name "} + queue_name_rule,
                      {{"name", queue_name_rule}});
  auto rule = read_rule(name, req.body);
  if (!rule) co_return rule.error();
  if (faults.rules().size() >= limits::fault_rules && !faults.rules().contains(name))
    co_return problem(409, "there are at most " + std::to_string(limits::fault_rules) +
                               " fault rules; change one");
  auto start = [&faults, wanted = std::move(*rule)](completion<append_reply> waiting) mutable {
    faults.set(std::move(wanted), std::move(waiting).as_callback());
  };
  append_reply const reply = co_await suspend_with<append_reply>(std::move(start));
  if (!std::holds_alternative<appended>(reply)) co_return problem(refusal_of(reply), system_id);
  auto const found = faults.rules().find(name);
  if (found == faults.rules().end()) co_return problem(409, "the rule was removed meanwhile");
  co_return fault_response(found->second);
}

handler_result delete_fault(request const& req, server_context& server) {
  fault_injector& faults = server.core.faults();
  if (!faults.enabled()) co_return not_a_lab();
  std::string const name = req.params.at(0);
  auto const found = faults.rules().find(name);
  if (found == faults.rules().end()) co_return problem(404, "there is no fault rule " + name);
  response const last = fault_response(found->second);
  auto start = [&faults, name](completion<append_reply> waiting) {
    faults.remove(name, std::move(waiting).as_callback());
  };
  append_reply const reply = co_await suspend_with<append_reply>(std::move(start));
  if (!std::holds_alternative<appended>(reply)) co_return problem(refusal_of(reply), system_id);
  co_return last;
}

}  // namespace retrylab
