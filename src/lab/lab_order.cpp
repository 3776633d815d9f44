// What a run is told of, as JSON.

#include "lab/lab_order.hpp"

#include "events/event_codec.hpp"
#include "events/json_writer.hpp"
#include "lab/lab_compare.hpp"
#include "lab/node_parts.hpp"

#include <array>

namespace retrylab {
namespace {

std::int64_t number(std::uint64_t n) { return static_cast<std::int64_t>(n); }

void append(std::string& out, policy_choice const& choice) {
  json_writer w{out};
  w.string("name", name_of(choice));
  choice.policy ? w.raw("policy", std::string_view{encode(*choice.policy)}) : w.null("policy");
  w.close();
}

void append(std::string& out, recorded_jobs const& recorded) {
  json_writer w{out};
  w.time("from", recorded.from).time("to", recorded.to).strings("queues", recorded.queues);
  w.number("slots", number(recorded.slots)).number("jobs", number(recorded.jobs));
  w.string("assumption", history_assumption).close();
}

void append_progress(std::string& out, lab_run_view const& run) {
  stage_progress const& p = run.progress.at;
  std::uint64_t const sides = run.order->b ? 2 : 1;
  // In thousandths of all sides, by virtual time.
  microseconds const all = std::max<microseconds>(duration_of(*run.order), microseconds{1});
  auto const here = static_cast<std::uint64_t>(std::min(p.now, all).count() * 1000 / all.count());
  bool const whole = has_ended(run.status) && !run.partial;
  json_writer w{out};
  w.string("side", side_name(run.progress.side)).number("now_us", p.now.count());
  w.number("events", number(p.events)).number("jobs", number(p.jobs));
  w.number("ended", number(p.ended));
  w.fixed("done", whole ? 1000 : (run.progress.side * 1000 + here) / sides, 3).close();
}

void append_outages(std::string& out, scenario const& s) {
  out += '[';
  for (outage const& o : s.outages) {
    if (out.back() != '[') out += ',';
    json_writer w{out};
    w.number("from_us", o.time.from.count()).number("to_us", o.time.to.count());
    w.optional_string("group", o.scope.group).optional_string("type", o.scope.type);
    w.optional_string("queue", o.scope.queue).string("error", o.error.type).close();
  }
  out += ']';
}

void append_fields(json_writer& w, lab_run_view const& run) {
  lab_order const& order = *run.order;
  w.number("id", number(run.id)).string("name", order.plan.name);
  w.string("status", to_string(run.status)).boolean("stopping", run.stopping);
  w.boolean("partial", run.partial);
  run.passed ? w.boolean("passed", *run.passed) : w.null("passed");
  w.string("why", run.why).time("created_at", run.created_at);
  w.number("seed", number(order.plan.seed)).number("duration_us", duration_of(order).count());
  order.recorded ? w.nested("history", [&](std::string& out) { append(out, *order.recorded); })
                 : w.null("history");
  w.nested("a", [&](std::string& out) { append(out, order.a); });
  order.b ? w.nested("b", [&](std::string& out) { append(out, *order.b); }) : w.null("b");
  w.nested("progress", [&](std::string& out) { append_progress(out, run); });
}

}  // namespace

scenario with_choice(scenario s, policy_choice const& choice) {
  if (choice.policy) return with_policy(std::move(s), *choice.policy);
  if (choice.name == as_written) return s;
  for (job_group& g : s.jobs) {
    g.policy = choice.name;
    g.spec.retry = {};
  }
  return s;
}

microseconds duration_of(lab_order const& order) {
  return order.recorded ? order.recorded->to - order.recorded->from : order.plan.duration;
}

std::string name_of(policy_choice const& choice) {
  if (!choice.policy) return choice.name;
  return choice.policy->name.empty() ? std::string{to_string(choice.policy->kind)}
                                     : choice.policy->name;
}

std::string_view to_string(lab_run_status status) {
  static constexpr std::array<std::string_view, 5> names{"queued", "running", "finished", "stopped",
                                                         "failed"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view side_name(std::size_t side) { return side == 0 ? "a" : "b"; }

void append_brief(std::string& out, lab_run_view const& run) {
  json_writer w{out};
  append_fields(w, run);
  w.close();
}

void append_whole(std::string& out, lab_run_view const& run) {
  json_writer w{out};
  append_fields(w, run);
  w.string("scenario", run.order->text);
  w.nested("outages", [&](std::string& to) { append_outages(to, run.order->plan); });
  w.number("job", run.job ? std::optional<std::int64_t>{number(run.job->value)} : std::nullopt);
  w.raw("sides", std::string_view{*run.sides}).close();
}

void append_side(std::string& out, std::size_t side, run_series const& series,
                 lab_report const* report) {
  json_writer w{out};
  w.string("side", side_name(side));
  w.nested("series", [&](std::string& to) { retrylab::append(to, series); });
  report ? w.raw("report", std::string_view{as_json(*report)}) : w.null("report");
  w.close();
}

void append_side(std::string& out, std::size_t side, job_timeline const& line) {
  json_writer w{out};
  w.string("side", side_name(side));
  w.nested("events", [&](std::string& to) {
    to += '[';
    for (stored_event const& e : line.events) {
      if (to.back() != '[') to += ',';
      json_writer event{to};
      event.number("at_us", (e.at - beginning).count()).string("type", e.type);
      event.string("text", in_words(*e.known)).close();
    }
    to += ']';
  });
  w.number("more", number(line.more)).close();
}

}  // namespace retrylab
