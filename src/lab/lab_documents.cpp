// A report as JSON and as JUnit's XML.

#include "events/json_writer.hpp"
#include "lab/lab_report.hpp"
#include "lab/scenario_values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retrylab {
namespace {

std::int64_t number(std::uint64_t n) { return static_cast<std::int64_t>(n); }

constexpr std::string_view end_names[]{"idle", "duration", "events", "interrupted", "watched"};

void append_figures(std::string& out, run_summary const& f) {
  json_writer w{out};
  w.number("jobs", number(f.jobs));
  w.nested("by_status", [&](std::string& to) {
    json_writer s{to};
    for (std::size_t i = 0; i < f.by_status.size(); ++i)
      s.number(status_names[i], number(f.by_status[i]));
    s.close();
  });
  w.number("attempts", number(f.attempts)).number("attempts_most", number(f.attempts_most));
  w.number("attempts_peak", number(f.attempts_peak));
  w.number("attempts_peak_at_us", f.attempts_peak_at.count());
  w.number("unfinished_peak", number(f.unfinished_peak));
  w.number("unfinished_peak_at_us", f.unfinished_peak_at.count());
  w.fixed("arrivals_per_second", f.arrivals_milli, 3).fixed("storm_factor", f.storm_milli, 3);
  w.number("calm_after_us",
           f.calm_after ? std::optional<std::int64_t>{f.calm_after->count()} : std::nullopt);
  w.nested("time_to_success_us", [&](std::string& to) {
    json_writer t{to};
    t.number("count", number(f.succeeded)).number("p50", f.p50.count());
    t.number("p95", f.p95.count()).number("p99", f.p99.count()).number("max", f.slowest.count());
    t.close();
  });
  w.nested("dead_letters", [&](std::string& to) {
    json_writer d{to};
    for (auto const& [type, count] : f.dead_letters) {
      std::string name;  // the writer takes names as they are
      append_json_string(name, type);
      d.number(std::string_view{name}.substr(1, name.size() - 2), number(count));
    }
    d.close();
  });
  w.close();
}

void append_check(std::string& out, lab_report const& r, told_check const& c) {
  json_writer w{out};
  w.boolean("passed", c.result.passed).number("line", c.result.line);
  w.string("expected", c.result.expected).string("found", c.result.found);
  if (c.result.shown) {
    w.number("job", number(c.result.shown->value)).string("timeline", c.timeline);
    w.string("replay", r.replay(*c.result.shown));
  }
  w.close();
}

// Text between tags or in an attribute. Control characters have no place in XML 1.0.
std::string xml(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') {
      out += c;
    } else {
      out += ' ';
    }
  }
  return out;
}

struct test_case {
  std::string name;
  std::string message;  // empty: it passed
  std::string details;
};

std::vector<test_case> cases_of(lab_report const& r) {
  std::vector<test_case> all{{"the run comes to its end", r.stopped(), ""}};
  for (told_check const& c : r.checks) {
    test_case one{fmt::format("line {}: {}", c.result.line, c.result.expected), "", ""};
    if (!c.result.passed) {
      one.message = c.result.found;
      if (c.result.shown) one.details = c.timeline + "replay: " + r.replay(*c.result.shown) + "\n";
    }
    all.push_back(std::move(one));
  }
  return all;
}

void append_suite(std::string& out, lab_report const& r) {
  auto const cases = cases_of(r);
  auto const failed =
      std::ranges::count_if(cases, [](test_case const& c) { return !c.message.empty(); });
  std::int64_t const ms = r.real_time.count() / 1000;
  out += fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\" "
      "time=\"{}.{:03}\">\n",
      xml(r.file), cases.size(), failed, ms / 1000, ms % 1000);
  out += fmt::format(
      "    <properties>\n      <property name=\"seed\" value=\"{}\"/>\n"
      "      <property name=\"trace_sha256\" value=\"{}\"/>\n    </properties>\n",
      r.seed, r.hash);
  for (test_case const& c : cases) {
    out += fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"", xml(r.file),
                       xml(c.name));
    if (c.message.empty()) {
      out += "/>\n";
      continue;
    }
    out += fmt::format(">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                       xml(c.message), xml(c.details));
  }
  out += "  </testsuite>\n";
}

}  // namespace

std::string as_json(lab_report const& r) {
  std::string out;
  json_writer w{out};
  w.string("file", r.file).string("name", r.name).number("seed", number(r.seed));
  w.boolean("passed", r.passed());
  w.string("end", end_names[static_cast<std::size_t>(r.end)]).string("stopped", r.stopped());
  w.number("virtual_us", r.time.count()).number("real_us", r.real_time.count());
  w.number("events", number(r.events)).string("trace_sha256", r.hash);
  w.nested("figures", [&](std::string& to) { append_figures(to, r.figures); });
  w.nested("checks", [&](std::string& to) {
    to += '[';
    for (std::size_t i = 0; i < r.checks.size(); ++i) {
      if (i > 0) to += ',';
      append_check(to, r, r.checks[i]);
    }
    to += ']';
  });
  if (r.asked) w.number("job", number(r.asked->value)).string("timeline", r.timeline);
  w.close();
  return out;
}

std::string as_junit(std::vector<lab_report> const& reports) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"retrylab\">\n";
  for (lab_report const& r : reports) append_suite(out, r);
  return out + "</testsuites>\n";
}

}  // namespace retrylab
