#include "app/replay_command.hpp"

#include "app/replay.hpp"
#include "events/core/time.hpp"
#include "events/store/sqlite_event_store.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdio>
#include <sysexits.h>

namespace retrylab {
namespace {

int failed_with(int code, std::string const& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  return code;
}

std::optional<seq> parse_seq(std::string const& text) {
  std::uint64_t n = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  bool const whole = error == std::errc{} && end == text.data() + text.size();
  return whole && n >= 1 && n <= INT64_MAX ? std::optional{seq{n}} : std::nullopt;
}

CLI::Validator const a_place{[](std::string& text) {
                               return parse_seq(text) || parse_rfc3339(text)
                                          ? std::string{}
                                          : "must be a seq, or a time as in 2026-01-01T00:00:00Z";
                             },
                             "SEQ|TIME"};

result<std::shared_ptr<merged_log>, store_failure> open_log(std::filesystem::path const& data) {
  return guarded<std::shared_ptr<merged_log>>([&] {
    return std::make_shared<merged_log>(std::make_shared<sqlite_event_reader>(data / "log.db"),
                                        data / "archive");
  });
}

// The last event that is no later than `time`; they stand in the order of their times.
result<seq, store_failure> last_until(event_reader& log, timestamp time) {
  auto const head = log.head();
  if (!head) return head.error();
  std::uint64_t low = 0;  // no later
  std::uint64_t high = head->last.value + 1;
  while (high - low > 1) {
    std::uint64_t const middle = low + (high - low) / 2;
    auto const found = log.read_all(seq{middle - 1}, 1);
    if (!found) return found.error();
    if (!found->empty() && found->front().at <= time) {
      low = std::max(middle, found->front().seq.value);
    } else {
      high = middle;
    }
  }
  return seq{low};
}

// From a place that was checked.
result<seq, store_failure> resolve(event_reader& log, std::string const& place, bool begins) {
  if (auto const number = parse_seq(place)) return *number;
  timestamp const time = *parse_rfc3339(place);
  auto last = last_until(log, begins ? time - microseconds{1} : time);
  if (!last || !begins) return last;
  return last->next();
}

}  // namespace

void add_replay_flags(CLI::App& command, replay_flags& f) {
  command.add_option("--data", f.data, "Directory of the log and its archive")
      ->envname("RETRYLAB_DATA")
      ->capture_default_str();
  command.add_option("--from", f.from, "The first event")->check(a_place);
  command.add_option("--to", f.to, "The last event")->check(a_place);
  command.add_option("--job", f.job, "Only the events of this job")
      ->check(CLI::Range{std::int64_t{1}, INT64_MAX});
  command.add_flag("--changes", f.changes, "Show what each event changes in its job");
  command.add_flag("--json", f.json, "One JSON object a line");
  auto* const step = command.add_flag("--step", f.step, "Wait for Enter after each event; q ends");
  auto* const verify = command.add_flag(
      "--verify", f.verify, "Decide every command anew, and say where this program differs");
  auto* const compare = command.add_option("--compare", f.compare,
                                           "The directory of another log; say where they differ");
  command.add_flag("--times", f.times, "Compare also when things happened")->needs(compare);
  auto* const views =
      command.add_option("--views", f.views, "Build the views as of --to into this new file");
  verify->excludes(step)->excludes(compare)->excludes(views);
  compare->excludes(step)->excludes(views);
  views->excludes(step);
}

int replay_command(replay_flags const& flags) {
  auto const log = open_log(flags.data);
  if (!log) return failed_with(EX_NOINPUT, log.error().message);
  replay_range range;
  if (flags.job) range.job = job_id{*flags.job};
  for (bool const begins : {true, false}) {
    std::string const& place = begins ? flags.from : flags.to;
    if (place.empty()) continue;
    auto const at = resolve(**log, place, begins);
    if (!at) return failed_with(EX_IOERR, at.error().message);
    (begins ? range.from : range.to) = *at;
  }
  if (flags.verify) return replay_verify(**log, range);
  if (!flags.views.empty()) return replay_views(**log, range, flags.views);
  if (flags.compare.empty())
    return replay_print(**log, range, {flags.json, flags.changes, flags.step});
  auto const other = open_log(flags.compare);
  if (!other) return failed_with(EX_NOINPUT, other.error().message);
  return replay_compare(**log, **other, range, flags.times);
}

}  // namespace retrylab
