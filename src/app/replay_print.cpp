#include "app/replay.hpp"
#include "events/core/job_state.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "http/documents.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <map>
#include <sysexits.h>

namespace retrylab {
namespace {

namespace json = boost::json;

struct change {
  std::string field;
  std::string before;  // as JSON; empty: there was no job
  std::string after;
};

json::object document_of(job_state const& state, timestamp at) {
  if (!state.exists()) return {};
  json::object all = json::parse(job_document(state, at)).as_object();
  for (char const* same : {"seq", "version", "updated_at"}) all.erase(same);
  return all;
}

std::vector<change> changes_between(job_state const& before, job_state const& after, timestamp at) {
  json::object const old = document_of(before, at);
  std::vector<change> found;
  for (auto const& [field, value] : document_of(after, at)) {
    json::value const* const was = old.if_contains(field);
    if (was && *was == value) continue;
    if (!was && value.is_null()) continue;
    found.push_back({field, was ? json::serialize(*was) : "", json::serialize(value)});
  }
  return found;
}

void print_changes(std::vector<change> const& changes) {
  for (change const& c : changes) {
    if (c.before.empty()) {
      fmt::print("              {}: {}\n", c.field, c.after);
    } else {
      fmt::print("              {}: {} → {}\n", c.field, c.before, c.after);
    }
  }
}

void append_changes(std::string& line, std::vector<change> const& changes) {
  line.back() = ',';  // instead of the brace that ends the event
  line += R"("changes":)";
  json_writer w{line};
  for (change const& c : changes) {
    w.nested(c.field, [&](std::string& out) {
      out.append("[").append(c.before.empty() ? "null" : c.before);
      out.append(",").append(c.after).append("]");
    });
  }
  w.close();
  line += '}';
}

class printer {
 public:
  printer(replay_range const& range, replay_output const& how) : range_(range), how_(how) {}

  // False: enough.
  bool see(stored_event const& e) {
    if (range_.job && e.job != *range_.job) return true;
    std::vector<change> const changes = how_.changes ? fold(e) : std::vector<change>{};
    if (e.seq < range_.from) return true;
    print(e, changes);
    return !how_.step || wait();
  }
  [[nodiscard]] std::string const& problem() const { return problem_; }

 private:
  std::vector<change> fold(stored_event const& e) {
    if (e.job == system_id) return {};
    auto const record = decode(e);
    if (!record) {
      problem_ = fmt::format("event {}: {}", e.seq.value, record.error());
      return {};
    }
    job_state& state = jobs_[e.job];
    job_state next = state;
    evolve(next, *record);
    std::vector<change> changes;
    if (e.seq >= range_.from) changes = changes_between(state, next, e.at);
    state = std::move(next);
    return changes;
  }
  void print(stored_event const& e, std::vector<change> const& changes) const {
    if (how_.json) {
      std::string line;
      append_event(line, e);
      if (how_.changes) append_changes(line, changes);
      fmt::print("{}\n", line);
      return;
    }
    std::string const whose = e.job == system_id ? "system" : fmt::format("job {}", e.job.value);
    fmt::print("{:>12}  {}  {:<12}  {:<15}  {}\n", e.seq.value, to_rfc3339(e.at), whose, e.type,
               e.data);
    print_changes(changes);
  }
  static bool wait() {
    std::fflush(stdout);
    std::string line;
    return std::getline(std::cin, line) && line != "q";
  }

  replay_range range_;
  replay_output how_;
  std::map<job_id, job_state> jobs_;
  std::string problem_;
};

}  // namespace

std::optional<store_failure> each_event(event_reader& events, seq to,
                                        std::function<bool(stored_event const&)> const& see) {
  for (seq at{}; at < to;) {
    auto const page = events.read_all(at, limits::recovery_page);
    if (!page) return page.error();
    if (page->empty()) return std::nullopt;
    for (stored_event const& e : *page) {
      if (e.seq > to || !see(e)) return std::nullopt;
    }
    at = page->back().seq;
  }
  return std::nullopt;
}

int replay_print(event_reader& events, replay_range const& range, replay_output const& how) {
  printer out{range, how};
  auto const failure = each_event(
      events, range.to, [&](stored_event const& e) { return out.see(e) && out.problem().empty(); });
  if (failure) std::fprintf(stderr, "%s\n", failure->message.c_str());
  if (!out.problem().empty()) std::fprintf(stderr, "%s\n", out.problem().c_str());
  return failure ? EX_IOERR : out.problem().empty() ? EX_OK : EX_DATAERR;
}

}  // namespace retrylab
