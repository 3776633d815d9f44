#include "lab/lab_report.hpp"

#include "lab/scenario_values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retrylab {
namespace {

std::string quoted(std::string const& file) {
  bool const plain = std::ranges::all_of(file, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"_./+:-"}.find(c) != std::string_view::npos;
  });
  if (plain) return file;
  std::string out = "'";
  for (char c : file) c == '\'' ? out += "'\\''" : out += c;
  return out + "'";
}

std::string statuses(run_summary const& f) {
  std::string out;
  for (std::size_t i = 0; i < f.by_status.size(); ++i) {
    if (f.by_status[i] == 0) continue;
    std::string name{status_names[i]};
    for (char& c : name) c = static_cast<char>(c - 'A' + 'a');
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", print_count(f.by_status[i]), name);
  }
  return out;
}

void append_figures(std::string& out, run_summary const& f) {
  out += fmt::format("  jobs             {}: {}\n", print_count(f.jobs), statuses(f));
  out +=
      fmt::format("  attempts         {}, at most {} of one job, at most {} in a second (at {})\n",
                  print_count(f.attempts), f.attempts_most, print_count(f.attempts_peak),
                  print_time(f.attempts_peak_at));
  out += fmt::format("  unfinished       at most {} (at {})\n", print_count(f.unfinished_peak),
                     print_time(f.unfinished_peak_at));
  if (f.succeeded > 0)
    out += fmt::format("  time to success  p50 {}  p95 {}  p99 {}  longest {}  (successes only)\n",
                       print_duration(f.p50), print_duration(f.p95), print_duration(f.p99),
                       print_duration(f.slowest));
  for (auto const& [type, count] : f.dead_letters)
    out += fmt::format("  dead letters     {} with {}\n", print_count(count),
                       type.empty() ? "no error" : type);
}

void append_indented(std::string& out, std::string const& text, std::string_view indent) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find('\n', at), text.size());
    out.append(indent).append(text, at, end - at).append("\n");
    at = end + 1;
  }
}

std::string speed_of(lab_report const& r) {
  if (r.real_time.count() == 0) return "";
  std::int64_t const ms = r.real_time.count() / 1000;
  return fmt::format(" in {}.{:03} s", ms / 1000, ms % 1000);
}

}  // namespace

bool lab_report::passed() const {
  return stopped().empty() &&
         std::ranges::all_of(checks, [](told_check const& c) { return c.result.passed; });
}

std::string lab_report::stopped() const {
  std::string const when = fmt::format("{} of {}", print_time(time), print_time(duration));
  if (end == run_end::events)
    return fmt::format("stopped at {} million events, {}", events / 1'000'000, when);
  if (end == run_end::interrupted) return fmt::format("interrupted, {}", when);
  return "";
}

std::string lab_report::replay(job_id job) const {
  return fmt::format("retrylab lab run {} --seed {} --job {}", quoted(file), seed, job.value);
}

std::string as_text(lab_report const& r) {
  std::string out = fmt::format("{}{}\n", r.file, r.name.empty() ? "" : ": " + r.name);
  out += fmt::format("  seed             {}\n", r.seed);
  out += fmt::format("  virtual time     {}{}{}\n", print_time(r.time), speed_of(r),
                     r.end == run_end::idle ? ", then nothing was left to do" : "");
  append_figures(out, r.figures);
  out += fmt::format("  trace            {} events, sha256 {}\n", print_count(r.events), r.hash);
  if (std::string const why = r.stopped(); !why.empty())
    out += fmt::format("  PARTIAL          {}\n", why);
  for (told_check const& c : r.checks) {
    out += fmt::format("  {}  line {}: {}: {}\n", c.result.passed ? "ok  " : "FAIL", c.result.line,
                       c.result.expected, c.result.found);
    if (c.result.passed || !c.result.shown) continue;
    append_indented(out, c.timeline, "          ");
    out += fmt::format("        replay: {}\n", r.replay(*c.result.shown));
  }
  if (r.asked) append_indented(out, r.timeline, "  ");
  return out;
}

}  // namespace retrylab
