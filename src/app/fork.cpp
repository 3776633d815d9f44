#include "app/fork.hpp"

#include "app/moment.hpp"
#include "events/core/limits.hpp"
#include "events/core/time.hpp"
#include "events/event_codec.hpp"

namespace retrylab {
namespace {

// What was purged is in the copy, in the log itself.
void forget_purge(stored_event& event) {
  if (event.type == "Purged") event.data = encode(system_event{purged{}}).data;
}

class copier {
 public:
  copier(export_reader& source, export_contents const& contents, event_store& log)
      : source_(source), head_(contents.head), end_(contents.end), log_(log) {}

  std::optional<fork_error> aim(std::string const& at) {
    until_ = end_.last;
    if (at.empty()) return std::nullopt;
    auto const number = parse_seq(at);
    time_ = number ? std::nullopt : parse_rfc3339(at);
    bool const fits = number ? *number >= head_.from && *number <= end_.last : *time_ <= end_.until;
    if (!fits)
      return fork_error{"--fork-at " + at + ": the export has the events " +
                        std::to_string(head_.from.value) + " to " +
                        std::to_string(end_.last.value) + ", until " + to_rfc3339(end_.until)};
    if (number) until_ = *number;
    return std::nullopt;
  }

  result<forked, fork_error> run() {
    for (;;) {
      auto event = source_.next_event();
      if (!event) return event.error();
      if (!*event || is_over(**event)) break;
      if (auto const wrong = check(**event)) return source_.error(*wrong);
      take(std::move(**event));
      if (page_.size() < limits::fork_page) continue;
      if (auto failure = flush()) return *failure;
    }
    if (auto failure = flush()) return *failure;
    if (!time_ && last_ < until_)
      return source_.error("ends at event " + std::to_string(last_.value) + ", before event " +
                           std::to_string(until_.value));
    if (time_ && last_ < head_.from)
      return source_.error("has no event between its first, " + std::to_string(head_.from.value) +
                           ", and " + to_rfc3339(*time_));
    return finish();
  }

 private:
  // Behind the last one; what follows from a failed attempt is not.
  bool is_over(stored_event const& e) const {
    bool const follows = after_failure_ && e.job == last_job_ && e.seq == last_.next();
    return !follows && (e.seq > until_ || (time_ && e.at > *time_));
  }

  std::optional<std::string> check(stored_event const& e) const {
    if (e.seq <= last_) return "event " + std::to_string(e.seq.value) + " is out of order";
    if (e.at < at_)
      return "event " + std::to_string(e.seq.value) + " is earlier than the one before";
    return std::nullopt;
  }

  void take(stored_event event) {
    last_ = event.seq;
    at_ = event.at;
    last_job_ = event.job;
    after_failure_ = event.type == "Failed";
    ++taken_;
    if (event.job == system_id) system_version_ = event.version;
    forget_purge(event);
    append_batch one;
    one.events.push_back(std::move(event));
    one.placed = true;
    page_.push_back(std::move(one));
  }

  std::optional<fork_error> flush() {
    if (page_.empty()) return std::nullopt;
    auto const outcomes = log_.append(page_);
    if (!outcomes) return fork_error{outcomes.error().message};
    for (std::size_t i = 0; i < outcomes->size(); ++i) {
      if (std::holds_alternative<appended>((*outcomes)[i])) continue;
      stored_event const& e = page_[i].events.front();
      return source_.error("event " + std::to_string(e.seq.value) + " is version " +
                           std::to_string(e.version) + " of job " + std::to_string(e.job.value) +
                           ", whose version before is missing");
    }
    page_.clear();
    return std::nullopt;
  }

  result<forked, fork_error> finish() {
    forked origin{head_.from,  last_,           last_.value - taken_,
                  head_.chain, head_.chain_seq, head_.redacted};
    encoded_event encoded = encode(system_event{origin});
    append_batch batch;
    batch.events.push_back({last_.next(), system_id, system_version_ + 1, 1,
                            std::string{encoded.type}, std::max(at_, time_.value_or(at_)),
                            std::move(encoded.data)});
    page_.push_back(std::move(batch));
    if (auto failure = flush()) return *failure;
    return origin;
  }

  export_reader& source_;
  export_head head_;
  export_end end_;
  event_store& log_;
  seq until_{};
  std::optional<timestamp> time_;
  seq last_{};
  timestamp at_{};
  job_id last_job_{};
  bool after_failure_ = false;
  std::uint64_t taken_ = 0;
  stream_version system_version_ = 0;
  std::vector<append_batch> page_;
};

}  // namespace

result<forked, fork_error> copy_export(std::filesystem::path const& file,
                                       export_contents const& contents, std::string const& at,
                                       event_store& log) {
  export_reader source{file};
  copier copies{source, contents, log};
  if (auto wrong = copies.aim(at)) return *wrong;
  return copies.run();
}

result<system_state, store_failure> read_system(event_reader& log) {
  system_state state;
  for (stream_version after = 0;;) {
    auto const page = log.read_stream(system_id, after, limits::page_events);
    if (!page) return page.error();
    for (stored_event const& row : *page) {
      auto event = decode_system_event(row.type, row.data);
      if (!event) return store_failure{store_failure::kind::refused, event.error()};
      evolve(state, {row.seq, row.at, std::move(*event)});
      after = row.version;
    }
    if (page->size() < limits::page_events) return state;
  }
}

}  // namespace retrylab
