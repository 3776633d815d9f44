#include "app/replay_command.hpp"

#include "app/moment.hpp"
#include "app/replay.hpp"
#include "events/store/sqlite_event_store.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <sysexits.h>

namespace retrylab {
namespace {

int failed_with(int code, std::string const& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  return code;
}

result<std::shared_ptr<merged_log>, store_failure> open_log(std::filesystem::path const& data) {
  return guarded<std::shared_ptr<merged_log>>([&] {
    return std::make_shared<merged_log>(std::make_shared<sqlite_event_reader>(data / "log.db"),
                                        data / "archive");
  });
}

}  // namespace

void add_replay_flags(CLI::App& command, replay_flags& f) {
  command.add_option("--data", f.data, "Directory of the log and its archive")
      ->envname("RETRYLAB_DATA")
      ->capture_default_str();
  command.add_option("--from", f.from, "The first event")->check(a_moment);
  command.add_option("--to", f.to, "The last event")->check(a_moment);
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
    auto const at = resolve_moment(**log, place, begins);
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
