#include "events/core/limits.hpp"
#include "lab/scenario_reader.hpp"
#include "lab/scenario_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace retrylab {
namespace {

constexpr char const* count_rule = "must be a number or a range, as in 7, 5..9, 5.. or ..9";
constexpr char const* kinds =
    "all, a status (succeeded, failed, …), dead_letters, attempts_per_job, "
    "peak_attempts_per_second, peak_unfinished, time_to_success, gaps, order or idle_by";

struct percentile {
  std::string_view name;
  unsigned ten_thousandths;
};
constexpr percentile percentiles[]{{"p50", 5000}, {"p90", 9000},  {"p95", 9500},
                                   {"p99", 9900}, {"p999", 9990}, {"max", 10'000}};

std::string in_capitals(std::string_view text) {
  std::string out{text};
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

// A status as a field's name: "succeeded".
std::optional<job_status> status_named(std::string_view name) {
  if (name != "" && std::ranges::all_of(name, [](char c) { return c >= 'a' && c <= 'z'; }))
    return parse_status(in_capitals(name));
  return std::nullopt;
}

class check_reader {
 public:
  check_reader(yaml_fields& f, scenario& s) : f_(f), s_(s) {}

  void read(yaml_value const& entry) {
    scope_ = read_scope(f_, s_);
    std::size_t kinds_found = 0;
    for (yaml_value const& m : entry.members) {
      if (read_one(m)) ++kinds_found;
    }
    if (kinds_found == 0) f_.fail("", fmt::format("says nothing to check; it needs {}", kinds));
    f_.finish();
  }

 private:
  bool read_one(yaml_value const& m) {
    line_ = m.name_line;
    if (auto const status = status_named(m.name)) return read_count(m, *status), true;
    if (m.name == "all") return read_all(), true;
    if (m.name == "dead_letters") return read_dead_letters(), true;
    if (m.name == "attempts_per_job") return read_attempts(m), true;
    if (m.name == "peak_attempts_per_second") return read_peak(m), true;
    if (m.name == "peak_unfinished") return read_unfinished(m), true;
    if (m.name == "time_to_success") return read_times(), true;
    if (m.name == "gaps") return read_gaps(), true;
    if (m.name == "order") return read_order(), true;
    if (m.name == "idle_by") return read_idle(), true;
    return false;
  }
  void add(expectation e) { s_.checks.push_back({std::move(e), scope_, line_}); }

  std::optional<count_range> counts(yaml_fields& f, std::string_view name) {
    yaml_value const* const value = f.get(name);
    auto const range = value ? parse_count_range(value->text) : std::nullopt;
    if (!range) f.fail(name, count_rule);
    return range;
  }
  void read_count(yaml_value const& m, job_status status) {
    if (auto const range = counts(f_, m.name)) add(status_count{status, *range});
  }
  void read_all() {
    auto const name = f_.text("all", limits::lab_name_chars);
    auto const status = status_named(name.value_or(""));
    status ? add(all_have{*status}) : f_.fail("all", "must be a status, as in succeeded");
  }
  void read_dead_letters() {
    yaml_value const* const value = f_.get("dead_letters");
    if (!value) return;
    yaml_fields by_type{*value, f_.path("dead_letters"), f_.all()};
    for (yaml_value const& m : value->members) {
      line_ = m.name_line;
      if (auto const range = counts(by_type, m.name)) add(dead_letter_count{m.name, *range});
    }
  }
  void read_attempts(yaml_value const& m) {
    if (auto const range = counts(f_, m.name)) add(attempts_each{*range});
  }
  void read_peak(yaml_value const& m) {
    if (auto const most = most_of(m)) add(attempts_peak{*most});
  }
  void read_unfinished(yaml_value const& m) {
    if (auto const most = most_of(m)) add(unfinished_peak{*most});
  }
  // "..200" or "200".
  std::optional<std::uint64_t> most_of(yaml_value const& m) {
    yaml_value const* const value = f_.get(m.name);
    std::string_view text = value ? std::string_view{value->text} : "";
    if (text.starts_with("..")) text.remove_prefix(2);
    auto const most = parse_count(text);
    if (!most) f_.fail(m.name, "must be the most that is allowed: a number, as in 200 or ..200");
    return most;
  }
  void read_times() {
    yaml_value const* const value = f_.get("time_to_success");
    if (!value) return;
    yaml_fields times{*value, f_.path("time_to_success"), f_.all()};
    for (yaml_value const& m : value->members) {
      auto const p = std::ranges::find(percentiles, std::string_view{m.name}, &percentile::name);
      if (p == std::end(percentiles)) continue;  // told by finish()
      line_ = m.name_line;
      if (auto const most = times.duration(m.name, limits::lab_duration))
        add(success_time{p->ten_thousandths, *most});
    }
    times.finish();
  }
  void read_gaps() {
    yaml_value const* const value = f_.get("gaps");
    attempt_gaps gaps;
    if (auto const job = f_.integer("job", 1, static_cast<std::int64_t>(limits::lab_jobs)))
      gaps.job = static_cast<std::uint64_t>(*job);
    for (yaml_value const* const item : f_.list("gaps", limits::attempts_max)) {
      auto const range = parse_time_range(item->text);
      if (!range)
        return f_.fail("gaps",
                       "must be durations or ranges of them, as in [500ms..550ms, 1s.., 2s]");
      gaps.ranges.push_back(*range);
    }
    if (!value || gaps.ranges.empty()) return f_.fail("gaps", "must have at least one range");
    add(std::move(gaps));
  }
  void read_order() {
    auto const name = f_.text("order", limits::lab_name_chars);
    if (name == "fifo") return add(starts_in{start_order::fifo});
    if (name == "priority") return add(starts_in{start_order::priority});
    f_.fail("order", "must be fifo or priority");
  }
  void read_idle() {
    if (auto const time = f_.duration("idle_by", limits::lab_duration)) add(idle_by{*time});
  }

  yaml_fields& f_;
  scenario& s_;
  job_scope scope_;
  int line_ = 0;
};

}  // namespace

void read_checks(yaml_fields& f, scenario& s) {
  auto const entries = f.list("expect", limits::lab_checks);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    yaml_fields one{*entries[i], fmt::format("expect[{}]", i), f.all()};
    if (entries[i]->is == yaml_value::kind::map) check_reader{one, s}.read(*entries[i]);
  }
}

}  // namespace retrylab
