#include "app/verify.hpp"

#include "events/core/limits.hpp"
#include "events/log_audit.hpp"
#include "events/store/merged_log.hpp"
#include "events/store/sqlite_event_store.hpp"

#include <cstdio>
#include <deque>
#include <sysexits.h>

namespace retrylab {
namespace {

// Events and links side by side, each link right after its last event.
result<bool, store_failure> read_all(event_reader& log, log_audit& audit) {
  std::deque<chain_link> links;
  seq event{};
  seq link{};
  for (;;) {
    auto const events = log.read_all(event, limits::recovery_page);
    if (!events) return events.error();
    if (events->empty()) return true;
    while (link < events->back().seq) {
      auto const more = log.read_chain(link, limits::recovery_page);
      if (!more) return more.error();
      if (more->empty()) break;
      links.insert(links.end(), more->begin(), more->end());
      link = links.back().last;
    }
    for (stored_event const& e : *events) {
      audit.see(e);
      for (; !links.empty() && links.front().last <= e.seq; links.pop_front())
        audit.see(links.front());
    }
    event = events->back().seq;
  }
}

}  // namespace

int verify(std::filesystem::path const& data) {
  std::filesystem::path const file = data / "log.db";
  auto opened = guarded<std::shared_ptr<event_reader>>(
      [&] { return std::make_shared<sqlite_event_reader>(file); });
  if (!opened) {
    std::fprintf(stderr, "%s\n", opened.error().message.c_str());
    return EX_NOINPUT;
  }
  merged_log events{std::move(*opened), data / "archive"};
  log_audit audit;
  if (auto const read = read_all(events, audit); !read) {
    std::fprintf(stderr, "%s\n", read.error().message.c_str());
    return EX_IOERR;
  }
  audit.finish();
  // Without a segment everything around its events looks wrong: only the cause is told.
  auto const& violations = events.problems().empty() ? audit.violations() : events.problems();
  for (std::string const& v : violations) std::printf("violation: %s\n", v.c_str());
  if (!events.problems().empty())
    std::puts("the rest cannot be checked without these segments: put them back, and ask again");
  if (events.segments() > 0)
    std::printf("archive: %zu segments, %llu jobs\n", events.segments(),
                static_cast<unsigned long long>(audit.purged_jobs()));
  if (auto const& origin = audit.origin())
    std::printf("fork: events %llu to %llu of another log, %llu events left out%s\n",
                static_cast<unsigned long long>(origin->from.value),
                static_cast<unsigned long long>(origin->last.value),
                static_cast<unsigned long long>(origin->left_out),
                origin->redacted ? ", redacted" : "");
  std::uint64_t const jobs = audit.jobs().size() + audit.purged_jobs();
  std::printf("%llu events, %llu jobs, %zu violations\n",
              static_cast<unsigned long long>(audit.events()),
              static_cast<unsigned long long>(jobs), violations.size());
  return violations.empty() ? EX_OK : EX_DATAERR;
}

}  // namespace retrylab
