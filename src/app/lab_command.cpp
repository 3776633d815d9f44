#include "app/lab_command.hpp"

#include "app/lab_files.hpp"
#include "events/core/limits.hpp"
#include "lab/lab_compare.hpp"
#include "lab/scenario_values.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sysexits.h>

namespace retrylab {
namespace {

constexpr int some_failed = 1;

CLI::Validator const a_time{
    [](std::string& text) {
      return parse_rfc3339(text) ? std::string{} : "must be a time as in 2026-01-01T00:00:00Z";
    },
    "TIME"};

int failed_with(lab_failure const& failure) {
  std::fprintf(stderr, "%s\n", failure.why.c_str());
  return failure.code;
}

lab_report run_one(std::string const& title, std::string const& file, scenario const& s,
                   lab_options options) {
  progress_bar bar{title};
  options.progress = [&bar](stage_progress const& p) { return bar.show(p); };
  auto const began = std::chrono::steady_clock::now();
  lab_report report = run_scenario(file, s, options);
  report.real_time =
      std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - began);
  return report;
}

void tell(lab_report const& report, lab_run_flags const& f) {
  std::string out;
  if (f.json) {
    out = as_json(report) + "\n";
  } else if (!f.quiet || !report.passed()) {
    out = as_text(report);
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
  std::fflush(stdout);
}

lab_options options_of(lab_run_flags const& f, std::ostream& trace) {
  lab_options options{.seed = f.seed};
  if (f.job) options.job = job_id{*f.job};
  if (!f.trace.empty())
    options.trace = [&trace](std::string_view lines) {
      trace.write(lines.data(), static_cast<std::streamsize>(lines.size()));
    };
  return options;
}

int run_files(lab_run_flags const& f) {
  std::vector<scenario> all;
  std::optional<lab_failure> bad;
  for (std::string const& file : f.files) {
    auto s = load_scenario(file);
    if (s) {
      all.push_back(std::move(*s));
    } else {
      int const code = failed_with(s.error());
      if (!bad) bad = lab_failure{code, ""};
    }
  }
  if (bad) return bad->code;
  std::ofstream trace;
  if (!f.trace.empty()) trace.open(f.trace, std::ios::binary);
  if (!trace) return failed_with({EX_CANTCREAT, f.trace + ": cannot be written"});
  std::vector<lab_report> reports;
  for (std::size_t i = 0; i < all.size(); ++i) {
    reports.push_back(run_one(f.files[i], f.files[i], all[i], options_of(f, trace)));
    tell(reports.back(), f);
    if (reports.back().end == run_end::interrupted) break;
  }
  if (!f.trace.empty() && !trace.flush())
    return failed_with({EX_CANTCREAT, f.trace + ": cannot be written"});
  if (!f.junit.empty()) {
    if (auto const failure = write_lab_file(f.junit, as_junit(reports)))
      return failed_with(*failure);
  }
  bool const passed = std::ranges::all_of(reports, [](lab_report const& r) { return r.passed(); });
  return passed ? EX_OK : some_failed;
}

result<std::vector<retry_policy>, lab_failure> load_policies(lab_compare_flags const& f) {
  std::vector<retry_policy> all;
  for (std::string const& file : f.policies) {
    auto const text = read_lab_file(file);
    if (!text) return text.error();
    auto const read = read_policy_file(*text, std::filesystem::path{file}.stem().string());
    if (!read) return lab_failure{EX_DATAERR, describe(read.error(), file)};
    all.push_back(*read);
  }
  return all;
}

result<scenario, lab_failure> load_compared(lab_compare_flags const& f) {
  if (f.history.empty()) return load_scenario(f.file);
  auto history = load_history(f.history, f.from, f.to);
  if (!history) return history.error();
  if (!f.json) {
    std::printf("%s: %s jobs from %s to %s. The assumption: %s.\n\n", f.history.c_str(),
                print_count(history->jobs).c_str(), to_rfc3339(history->from).c_str(),
                to_rfc3339(history->to).c_str(), history_assumption);
  }
  return as_scenario(std::move(*history), f.slots);
}

int compare_policies(lab_compare_flags const& f) {
  if (f.file.empty() == f.history.empty())
    return failed_with({EX_USAGE, "either a SCENARIO or --history is needed"});
  auto const s = load_compared(f);
  if (!s) return failed_with(s.error());
  auto const policies = load_policies(f);
  if (!policies) return failed_with(policies.error());
  std::vector<policy_run> runs;
  auto const play_with = [&](std::string const& name, scenario const& played) {
    lab_options options{.seed = f.seed};
    options.timelines = false;
    runs.push_back({name, run_one(name, f.file + f.history, played, options)});
  };
  if (!f.history.empty()) play_with("as recorded", *s);
  if (f.history.empty() && policies->size() == 1) play_with("as in the file", *s);
  for (retry_policy const& policy : *policies) play_with(policy.name, with_policy(*s, policy));
  std::string const out = f.json ? as_json(runs) + "\n" : as_table(runs);
  std::fwrite(out.data(), 1, out.size(), stdout);
  bool const whole =
      std::ranges::all_of(runs, [](policy_run const& r) { return r.report.stopped().empty(); });
  return whole ? EX_OK : some_failed;
}

void add_compare_flags(CLI::App& command, lab_compare_flags& f) {
  command.add_option("SCENARIO", f.file, "Scenario file");
  auto* const history =
      command.add_option("--history", f.history, "Instead of a scenario: the directory of a log");
  command.add_option("--from", f.from, "Jobs from this time on")->check(a_time)->needs(history);
  command.add_option("--to", f.to, "Jobs before this time")->check(a_time)->needs(history);
  command.add_option("--slots", f.slots, "Attempts at a time (default: as many as there were)")
      ->check(CLI::Range{std::size_t{1}, limits::lab_slots})
      ->needs(history);
  command
      .add_option("--policy", f.policies,
                  "A file with a retry policy; one alone is compared with those of the scenario")
      ->required()
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--seed", f.seed, "Instead of the seed of the file")
      ->check(CLI::Range{std::int64_t{0}, INT64_MAX});
  command.add_flag("--json", f.json, "One JSON object");
}

}  // namespace

void add_lab_flags(CLI::App& command, lab_flags& f) {
  command.require_subcommand(1);
  f.run = command.add_subcommand("run", "Run scenario files; 0 when every expectation holds");
  f.run->add_option("FILE", f.run_flags.files, "Scenario files")->required();
  f.run->add_option("--seed", f.run_flags.seed, "Instead of the seed of the files")
      ->check(CLI::Range{std::int64_t{0}, INT64_MAX});
  auto* const job = f.run->add_option("--job", f.run_flags.job, "Show what happened to this job")
                        ->check(CLI::Range{std::int64_t{1}, INT64_MAX});
  f.run->add_option("--junit", f.run_flags.junit, "Write the results as JUnit XML to this file");
  auto* const trace = f.run->add_option("--trace", f.run_flags.trace,
                                        "Write every event as a line of JSON to this file");
  auto* const json = f.run->add_flag("--json", f.run_flags.json, "One JSON object a scenario");
  f.run->add_flag("--quiet", f.run_flags.quiet, "Only what failed")->excludes(json);
  f.compare = command.add_subcommand("compare", "One scenario under several retry policies");
  add_compare_flags(*f.compare, f.compare_flags);
  f.run->callback([job, trace, &f] {
    if (f.run_flags.files.size() > 1 && (*job || *trace))
      throw CLI::ValidationError{"--job and --trace are for one FILE"};
  });
}

int lab_command(lab_flags const& flags) {
  return *flags.compare ? compare_policies(flags.compare_flags) : run_files(flags.run_flags);
}

}  // namespace retrylab
