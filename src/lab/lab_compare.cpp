#include "lab/lab_compare.hpp"

#include "events/core/limits.hpp"
#include "events/json_writer.hpp"
#include "lab/scenario_values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retrylab {
namespace {

std::uint64_t with_status(run_summary const& f, job_status status) {
  return f.by_status.at(static_cast<std::size_t>(status));
}

std::uint64_t unended(run_summary const& f) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < f.by_status.size(); ++i)
    count += is_ended(static_cast<job_status>(i)) ? 0 : f.by_status.at(i);
  return count;
}

std::string when_known(run_summary const& f, microseconds time) {
  return f.succeeded > 0 ? print_duration(time) : "none";
}

std::size_t failed_checks(lab_report const& r) {
  return static_cast<std::size_t>(
      std::ranges::count_if(r.checks, [](told_check const& c) { return !c.result.passed; }));
}

struct table_row {
  char const* name;
  std::string (*cell)(lab_report const& r);
};

constexpr table_row rows[]{
    {"jobs", [](lab_report const& r) { return print_count(r.figures.jobs); }},
    {"succeeded",
     [](lab_report const& r) {
       return print_count(with_status(r.figures, job_status::succeeded));
     }},
    {"dead letters",
     [](lab_report const& r) { return print_count(with_status(r.figures, job_status::failed)); }},
    {"not ended", [](lab_report const& r) { return print_count(unended(r.figures)); }},
    {"attempts", [](lab_report const& r) { return print_count(r.figures.attempts); }},
    {"attempts of one job, at most",
     [](lab_report const& r) { return print_count(r.figures.attempts_most); }},
    {"attempts in any second, at most",
     [](lab_report const& r) { return print_count(r.figures.attempts_peak); }},
    {"storm factor (that over mean arrivals/s)",
     [](lab_report const& r) {
       return r.figures.storm_milli > 0 ? print_milli(r.figures.storm_milli) : "not known";
     }},
    {"unfinished jobs, at most",
     [](lab_report const& r) { return print_count(r.figures.unfinished_peak); }},
    {"time to success, p50 *",
     [](lab_report const& r) { return when_known(r.figures, r.figures.p50); }},
    {"time to success, p95 *",
     [](lab_report const& r) { return when_known(r.figures, r.figures.p95); }},
    {"time to success, p99 *",
     [](lab_report const& r) { return when_known(r.figures, r.figures.p99); }},
    {"time to success, longest *",
     [](lab_report const& r) { return when_known(r.figures, r.figures.slowest); }},
    {"last event at", [](lab_report const& r) { return print_time(r.time); }},
    {"expectations that fail",
     [](lab_report const& r) {
       return fmt::format("{} of {}", failed_checks(r), r.checks.size());
     }},
    {"trace", [](lab_report const& r) { return r.hash.substr(0, 12); }},
};

}  // namespace

scenario with_policy(scenario s, retry_policy const& policy) {
  for (job_group& g : s.jobs) {
    g.spec.retry = policy;
    g.policy.clear();
  }
  return s;
}

scenario as_scenario(recorded_history history, std::optional<std::size_t> slots) {
  scenario s;
  s.duration = limits::lab_duration;
  s.lease = limits::lease_time;
  s.workers = simulator_workers{slots.value_or(std::max<std::size_t>(history.running_most, 1)), {}};
  for (recorded_group& from : history.groups) {
    job_group& g = s.jobs.emplace_back();
    g.name = fmt::format("{} {}", from.spec.type, s.jobs.size());
    g.spec = std::move(from.spec);
    g.recorded = std::move(from.arrivals);
  }
  s.history = std::move(history.types);
  return s;
}

std::string as_table(std::vector<policy_run> const& runs) {
  std::size_t first = 0;
  for (table_row const& row : rows) first = std::max(first, std::string_view{row.name}.size());
  std::vector<std::size_t> widths;
  for (policy_run const& run : runs) {
    std::size_t width = run.policy.size();
    for (table_row const& row : rows) width = std::max(width, row.cell(run.report).size());
    widths.push_back(width);
  }
  std::string out = fmt::format("{}, seed {}: the same arrivals under each policy\n\n",
                                runs.front().report.file, runs.front().report.seed);
  out += fmt::format("  {:<{}}", "", first);
  for (std::size_t i = 0; i < runs.size(); ++i)
    out += fmt::format("  {:>{}}", runs[i].policy, widths[i]);
  out += "\n";
  for (table_row const& row : rows) {
    out += fmt::format("  {:<{}}", row.name, first);
    for (std::size_t i = 0; i < runs.size(); ++i)
      out += fmt::format("  {:>{}}", row.cell(runs[i].report), widths[i]);
    out += "\n";
  }
  out += "\n  * of successes only: a policy that gives up early looks fast here\n";
  for (policy_run const& run : runs) {
    if (std::string const why = run.report.stopped(); !why.empty())
      out += fmt::format("  PARTIAL  {}: {}\n", run.policy, why);
  }
  return out;
}

std::string as_json(std::vector<policy_run> const& runs) {
  std::string out;
  json_writer w{out};
  w.string("file", runs.front().report.file);
  w.number("seed", static_cast<std::int64_t>(runs.front().report.seed));
  w.nested("policies", [&](std::string& to) {
    to += '[';
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (i > 0) to += ',';
      json_writer one{to};
      one.string("policy", runs[i].policy).raw("report", as_json(runs[i].report));
      one.close();
    }
    to += ']';
  });
  w.close();
  return out;
}

}  // namespace retrylab
