#include "app/verify.hpp"

#include "events/core/limits.hpp"
#include "events/log_audit.hpp"
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
  auto opened = guarded<std::unique_ptr<sqlite_event_reader>>(
      [&] { return std::make_unique<sqlite_event_reader>(file); });
  if (!opened) {
    std::fprintf(stderr, "%s\n", opened.error().message.c_str());
    return EX_NOINPUT;
  }
  log_audit audit;
  if (auto const read = read_all(**opened, audit); !read) {
    std::fprintf(stderr, "%s\n", read.error().message.c_str());
    return EX_IOERR;
  }
  audit.finish();
  for (std::string const& v : audit.violations()) std::printf("violation: %s\n", v.c_str());
  std::printf("%llu events, %zu jobs, %zu violations\n",
              static_cast<unsigned long long>(audit.events()), audit.jobs().size(),
              audit.violations().size());
  return audit.violations().empty() ? EX_OK : EX_DATAERR;
}

}  // namespace retrylab
