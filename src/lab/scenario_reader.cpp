#include "lab/scenario_reader.hpp"

#include "actors/executors/simulation_plan.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "lab/scenario_values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retrylab {
namespace {

constexpr milliseconds usual_lease = limits::lease_time;
constexpr microseconds usual_duration = std::chrono::hours{24};

bool is_queue_name(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"_.:-"}.find(c) != std::string_view::npos;
  });
}

void read_retry(yaml_fields& f, scenario const& s, job_group& g) {
  yaml_value const* const value = f.get("retry");
  if (!value) return;
  if (value->is != yaml_value::kind::scalar) {
    g.spec.retry = read_policy(f, "retry", *value);
  } else if (s.policies.contains(value->text)) {
    g.policy = value->text;
  } else {
    f.fail("retry", fmt::format("names no policy: there is no policies.{}", value->text));
  }
}

void read_payload(yaml_fields& f, job_group& g) {
  yaml_value const* const value = f.get("payload");
  if (!value) return;
  if (value->is != yaml_value::kind::map) return f.fail("payload", "must be a map");
  g.spec.payload.text.clear();
  append_json(g.spec.payload.text, *value);
  auto const plan = read_simulation_plan(g.spec.payload);
  if (plan) return;
  std::vector<field_error> errors = plan.error();
  for (field_error& e : errors) {
    if (e.field.starts_with("payload.")) e.field.erase(0, std::string_view{"payload."}.size());
  }
  f.adopt("payload", errors);
}

void read_arrival(yaml_fields& f, scenario const& s, job_group& g) {
  auto const count = f.integer("count", 1, static_cast<std::int64_t>(limits::lab_jobs));
  auto const rate = f.text("rate", limits::lab_name_chars);
  if (f.has("count") == f.has("rate")) f.fail("count", "or rate is required, one of the two");
  if (count) g.amount = static_cast<std::uint64_t>(*count);
  if (rate) {
    auto const parsed = parse_rate(*rate);
    parsed ? void(g.amount = *parsed) : f.fail("rate", "must be as in 12/s, 0.5/min or 5000/h");
  }
  g.arrival = rate ? arrival_kind::constant : arrival_kind::all_at_once;
  if (auto const kind = f.text("arrival", limits::lab_name_chars)) {
    if (*kind == "all_at_once") {
      g.arrival = arrival_kind::all_at_once;
      if (rate) f.fail("arrival", "all_at_once needs a count, not a rate");
    } else if (*kind == "constant" || *kind == "evenly") {
      g.arrival = arrival_kind::constant;
    } else if (*kind == "poisson") {
      g.arrival = arrival_kind::poisson;
    } else {
      f.fail("arrival", "must be all_at_once, constant (or evenly) or poisson");
    }
  }
  g.time = read_window(f, s);
}

job_group read_group(yaml_fields& f, scenario const& s) {
  job_group g;
  g.line = f.line();
  if (auto type = f.text("type", limits::type_chars)) g.spec.type = std::move(*type);
  if (!f.has("type")) f.fail("type", "is required");
  g.name = f.text("name", limits::lab_name_chars).value_or(g.spec.type);
  if (auto queue = f.text("queue", limits::queue_chars)) {
    if (!is_queue_name(*queue)) f.fail("queue", "may have letters, digits and _ . : - only");
    g.spec.queue = std::move(*queue);
  }
  read_payload(f, g);
  if (auto const n = f.integer("max_attempts", 1, limits::attempts_max))
    g.spec.max_attempts = static_cast<attempt_number>(*n);
  if (auto const n = f.integer("priority", 0, limits::priority_max))
    g.spec.priority = static_cast<unsigned>(*n);
  read_retry(f, s, g);
  g.delay = f.duration("delay", limits::delay_max).value_or(microseconds{0});
  if (auto const timeout = f.duration("timeout", limits::timeout_max)) {
    g.spec.timeout = std::chrono::duration_cast<milliseconds>(*timeout);
    if (*g.spec.timeout < milliseconds{1}) f.fail("timeout", "must be at least 1ms");
  }
  g.spec.tags = f.texts("tags", limits::tags, limits::tag_chars);
  g.spec.source = "lab";
  read_arrival(f, s, g);
  f.finish();
  return g;
}

std::uint64_t expected_jobs(job_group const& g) {
  if (auto const* const count = std::get_if<std::uint64_t>(&g.amount)) return *count;
  auto const& rate = std::get<arrival_rate>(g.amount);
  __extension__ typedef unsigned __int128 wide;
  wide const jobs = wide{rate.count} *
                    static_cast<std::uint64_t>((g.time.to - g.time.from).count()) /
                    static_cast<std::uint64_t>(rate.per.count());
  return static_cast<std::uint64_t>(std::min<wide>(jobs, any_count / 2));
}

void read_jobs(yaml_fields& f, scenario& s) {
  auto const entries = f.list("jobs", limits::lab_groups);
  if (entries.empty()) f.fail("jobs", "must have at least one entry");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    yaml_fields one{*entries[i], fmt::format("jobs[{}]", i), f.all()};
    job_group g = read_group(one, s);
    bool const twin =
        std::ranges::any_of(s.jobs, [&](job_group const& other) { return other.name == g.name; });
    if (twin && !g.name.empty())
      one.fail("name", fmt::format("\"{}\" is there twice; give the entry another name", g.name));
    s.jobs.push_back(std::move(g));
  }
  if (expected_jobs(s) > limits::lab_jobs)
    f.fail("jobs", fmt::format("are more than {} in all", print_count(limits::lab_jobs)));
}

void read_outages(yaml_fields& f, scenario& s) {
  auto const entries = f.list("outages", limits::lab_windows);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    yaml_fields one{*entries[i], fmt::format("outages[{}]", i), f.all()};
    outage o{.time = read_window(one, s), .scope = read_scope(one, s)};
    o.error = {"Outage", "not reachable"};
    if (yaml_value const* const error = one.get("error")) {
      yaml_fields e{*error, one.path("error"), f.all()};
      o.error.type = e.text("type", limits::lab_name_chars).value_or(o.error.type);
      o.error.message = e.text("message", limits::reason_chars).value_or(o.error.message);
      o.retryable = e.boolean("retryable").value_or(true);
      e.finish();
    }
    o.takes = one.duration("duration", limits::timeout_max);
    one.finish();
    s.outages.push_back(std::move(o));
  }
}

void read_slow_downs(yaml_fields& f, scenario& s) {
  auto const entries = f.list("slow_downs", limits::lab_windows);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    yaml_fields one{*entries[i], fmt::format("slow_downs[{}]", i), f.all()};
    slow_down d{.time = read_window(one, s), .scope = read_scope(one, s)};
    if (!one.has("factor")) one.fail("factor", "is required");
    d.factor_milli = one.decimal("factor", 1, 1'000'000).value_or(1000);
    one.finish();
    s.slow_downs.push_back(std::move(d));
  }
}

void read_policies(yaml_fields& f, scenario& s) {
  yaml_value const* const value = f.get("policies");
  if (!value) return;
  yaml_fields all{*value, "policies", f.all()};
  for (yaml_value const& m : value->members) {
    static_cast<void>(all.get(m.name));
    s.policies.emplace(m.name, read_policy(all, m.name, m));
  }
}

queue_plan read_queue(yaml_fields& f, scenario const& s) {
  queue_plan plan;
  if (auto const n = f.integer("limit", 1, 1'000'000)) plan.limit = static_cast<std::uint32_t>(*n);
  auto const pauses = f.list("pauses", limits::lab_windows);
  for (std::size_t i = 0; i < pauses.size(); ++i) {
    yaml_fields one{*pauses[i], fmt::format("{}[{}]", f.path("pauses"), i), f.all()};
    queue_pause p{read_window(one, s)};
    p.reason = one.text("reason", limits::reason_chars).value_or("");
    one.finish();
    plan.pauses.push_back(std::move(p));
  }
  f.finish();
  return plan;
}

void read_queues(yaml_fields& f, scenario& s) {
  yaml_value const* const value = f.get("queues");
  if (!value) return;
  yaml_fields all{*value, "queues", f.all()};
  for (yaml_value const& m : value->members) {
    if (!is_queue_name(m.name)) all.fail(m.name, "is no name of a queue");
    yaml_fields one{m, all.path(m.name), f.all()};
    s.queues.emplace(m.name, read_queue(one, s));
  }
}

}  // namespace

std::uint64_t expected_jobs(scenario const& s) {
  std::uint64_t total = 0;
  for (job_group const& g : s.jobs)
    total += std::min<std::uint64_t>(expected_jobs(g), limits::lab_jobs + 1);
  return total;
}

window read_window(yaml_fields& f, scenario const& s) {
  window w{f.duration("from", s.duration).value_or(microseconds{0}),
           f.duration("to", s.duration).value_or(s.duration)};
  if (w.to <= w.from && f.has("to")) f.fail("to", "must be later than from");
  return w;
}

job_scope read_scope(yaml_fields& f, scenario const& s) {
  job_scope scope{f.text("group", limits::lab_name_chars), f.text("type", limits::type_chars),
                  f.text("queue", limits::queue_chars)};
  if (!scope.group && !scope.type && !scope.queue) return scope;
  bool const fits =
      std::ranges::any_of(s.jobs, [&](job_group const& g) { return includes(scope, g); });
  if (!fits && !s.jobs.empty())
    f.fail(scope.group ? "group" : scope.type ? "type" : "queue", "fits no entry of jobs");
  return scope;
}

retry_policy read_policy(yaml_fields& f, std::string_view name, yaml_value const& value) {
  if (value.is != yaml_value::kind::map) {
    f.fail(name,
           "must be a retry policy: a map with kind, base_ms, factor, cap_ms, jitter, "
           "max_age_ms");
    return {};
  }
  std::string text;
  append_json(text, value);
  json_fields json{text};
  retry_policy policy = read_retry_policy(json);
  f.adopt(name, json.errors());
  return policy;
}

result<scenario, complaints> read_scenario(std::string const& text) {
  complaints all;
  auto const tree = parse_yaml(text);
  if (!tree) return complaints{{tree.error().line, "", tree.error().message}};
  yaml_fields f{*tree, "", all};
  if (!all.empty()) return all;
  scenario s;
  s.name = f.text("name", limits::reason_chars).value_or("");
  if (auto const seed = f.integer("seed", 0, std::numeric_limits<std::int64_t>::max()))
    s.seed = static_cast<std::uint64_t>(*seed);
  s.duration = f.duration("duration", limits::lab_duration).value_or(usual_duration);
  if (s.duration.count() == 0) f.fail("duration", "must be longer than nothing");
  auto const lease = f.duration("lease", limits::delay_max).value_or(usual_lease);
  s.lease = std::max(std::chrono::duration_cast<milliseconds>(lease), milliseconds{1});
  read_policies(f, s);
  read_jobs(f, s);
  read_workers(f, s);
  read_outages(f, s);
  read_slow_downs(f, s);
  read_queues(f, s);
  read_checks(f, s);
  f.finish();
  if (all.empty()) return s;
  std::ranges::stable_sort(all, {}, &scenario_error::line);
  return all;
}

result<retry_policy, complaints> read_policy_file(std::string const& text, std::string name) {
  auto const tree = parse_yaml(text);
  if (!tree) return complaints{{tree.error().line, "", tree.error().message}};
  complaints all;
  yaml_value wrapper{yaml_value::kind::map};
  wrapper.members.push_back(*tree);
  wrapper.members.back().name = "policy";
  yaml_fields f{wrapper, "", all};
  retry_policy policy = read_policy(f, "policy", *tree);
  if (!all.empty()) return all;
  if (policy.name.empty()) policy.name = std::move(name);
  return policy;
}

std::string describe(scenario_error const& e, std::string const& file) {
  return fmt::format("{}:{}: {}{}{}", file, e.line, e.field, e.field.empty() ? "" : " ", e.message);
}

std::string describe(complaints const& errors, std::string const& file) {
  std::string out;
  for (scenario_error const& e : errors) out += (out.empty() ? "" : "\n") + describe(e, file);
  return out;
}

}  // namespace retrylab
