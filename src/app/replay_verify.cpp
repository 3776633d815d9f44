#include "app/replay.hpp"
#include "events/event_codec.hpp"
#include "events/redecide.hpp"
#include "events/views/sqlite_job_view.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <sysexits.h>

namespace retrylab {
namespace {

constexpr std::size_t differences_shown = 20;

class verifier {
 public:
  explicit verifier(replay_range const& range) : range_(range) {}

  bool see(stored_event const& e) {
    if (e.job == system_id) return see_system(e);
    if (range_.job && e.job != *range_.job) return true;
    auto record = decode(e);
    if (!record) return stop(e.seq, record.error());
    job& j = jobs_[e.job];
    j.batch.push_back(std::move(*record));
    if (!std::holds_alternative<failed>(j.batch.front().event) || j.batch.size() == 2) check(j);
    return true;
  }
  [[nodiscard]] std::string const& problem() const { return problem_; }
  [[nodiscard]] std::uint64_t decisions() const { return decisions_; }
  [[nodiscard]] std::uint64_t differences() const { return differences_; }

 private:
  struct job {
    job_state state;
    std::vector<job_record> batch;  // of one command, as far as seen
  };
  bool stop(seq at, std::string const& why) {
    problem_ = fmt::format("event {}: {}", at.value, why);
    return false;
  }
  bool see_system(stored_event const& e) {
    auto event = decode_system_event(e.type, e.data);
    if (!event) return stop(e.seq, event.error());
    if (auto const* const start = std::get_if<server_started>(&*event)) seed_ = start->seed;
    if (std::holds_alternative<rules_set>(*event)) rules_before_ = system_.rules;
    evolve(system_, {e.seq, e.at, std::move(*event)});
    return true;
  }
  // A command that was decided just before rules were set may have been stored just after.
  [[nodiscard]] std::optional<std::string> difference(job const& j) const {
    auto differs = redecide(j.state, j.batch, seed_, system_.rules);
    if (!differs || !redecide(j.state, j.batch, seed_, rules_before_)) return std::nullopt;
    return differs;
  }
  void check(job& j) {
    if (j.batch.front().seq >= range_.from) {
      ++decisions_;
      if (auto const what = difference(j); what && ++differences_ <= differences_shown) {
        fmt::print("event {} of job {}: {}\n", j.batch.front().seq.value, j.batch.front().job.value,
                   *what);
      }
    }
    for (job_record const& r : j.batch) evolve(j.state, r);
    j.batch.clear();
  }

  replay_range range_;
  std::map<job_id, job> jobs_;
  system_state system_;
  std::vector<retry_rule> rules_before_;
  std::uint64_t seed_ = 0;
  std::uint64_t decisions_ = 0;
  std::uint64_t differences_ = 0;
  std::string problem_;
};

bool same(stored_event const& a, stored_event const& b, bool times) {
  return a.job == b.job && a.version == b.version && a.type == b.type && a.data == b.data &&
         (!times || a.at == b.at);
}

std::string shown(stored_event const& e) {
  return fmt::format("{}  job {}  {}  {}", to_rfc3339(e.at), e.job.value, e.type, e.data);
}

int failed_with(int code, std::string const& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  return code;
}

}  // namespace

int replay_verify(event_reader& events, replay_range const& range) {
  verifier checks{range};
  auto const failure =
      each_event(events, range.to, [&](stored_event const& e) { return checks.see(e); });
  if (failure) return failed_with(EX_IOERR, failure->message);
  if (!checks.problem().empty()) return failed_with(EX_DATAERR, checks.problem());
  fmt::print("{} decisions, {} differences\n", checks.decisions(), checks.differences());
  return checks.differences() == 0 ? EX_OK : EX_DATAERR;
}

int replay_compare(event_reader& events, event_reader& other, replay_range const& range,
                   bool times) {
  seq at{range.from.value - 1};
  std::uint64_t compared = 0;
  for (;;) {
    auto const mine = events.read_all(at, 1000);
    auto const theirs = other.read_all(at, 1000);
    if (!mine) return failed_with(EX_IOERR, mine.error().message);
    if (!theirs) return failed_with(EX_IOERR, theirs.error().message);
    std::size_t const both = std::min(mine->size(), theirs->size());
    for (std::size_t i = 0; i < both; ++i) {
      stored_event const& a = (*mine)[i];
      stored_event const& b = (*theirs)[i];
      if (a.seq > range.to) break;
      if (!same(a, b, times)) {
        fmt::print("event {} differs, {} before it are the same\n  {}\n  {}\n", a.seq.value,
                   compared, shown(a), shown(b));
        return EX_DATAERR;
      }
      ++compared;
    }
    bool const over = both == 0 || (*mine)[both - 1].seq >= range.to;
    if (over && (mine->size() == theirs->size() || both > 0)) break;
    if (both == 0) {
      fmt::print("{} events are the same, then one log ends\n", compared);
      return EX_DATAERR;
    }
    at = (*mine)[both - 1].seq;
  }
  fmt::print("{} events are the same\n", compared);
  return EX_OK;
}

int replay_views(event_reader& events, replay_range const& range,
                 std::filesystem::path const& file) {
  if (std::filesystem::exists(file)) return failed_with(EX_CANTCREAT, file.string() + " exists");
  auto view = sqlite_job_view::open(file);
  if (!view) return failed_with(EX_CANTCREAT, view.error().message);
  std::uint64_t applied = 0;
  for (seq at{}; at < range.to;) {
    auto page = events.read_all(at, limits::recovery_page);
    if (!page) return failed_with(EX_IOERR, page.error().message);
    std::erase_if(*page, [&](stored_event const& e) { return e.seq > range.to; });
    if (page->empty()) break;
    if (auto const done = (*view)->apply(*page); !done)
      return failed_with(EX_DATAERR, done.error().message);
    applied += page->size();
    at = page->back().seq;
  }
  fmt::print("{}: {} events\n", file.string(), applied);
  return EX_OK;
}

}  // namespace retrylab
