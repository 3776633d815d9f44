#include "http/subscription.hpp"

#include "events/core/limits.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"
#include "http/documents.hpp"

#include <algorithm>

namespace retrylab {
namespace {

std::int64_t number(seq s) { return static_cast<std::int64_t>(s.value); }

bool wants(subscription const& sub, job_state const& s, timestamp now) {
  if (sub.watched.contains(s.id)) return true;
  if (sub.job && s.id != *sub.job) return false;
  if (sub.type && s.spec->type != *sub.type) return false;
  if (sub.queue && s.spec->queue != *sub.queue) return false;
  return sub.statuses.empty() || sub.statuses.contains(status_at(s, now));
}

bool wants(subscription const& sub, stored_event const& e) { return !sub.job || e.job == *sub.job; }

// Collects the parts of a frame; what the client did not ask for is not collected.
class frame_writer {
 public:
  frame_writer(subscription const& sub, timestamp now) : sub_(sub), now_(now) {}

  void add(job_state const& s) {
    if (sub_.jobs && wants(sub_, s, now_)) rows_[s.id] = &s;
  }
  void add(stored_event const& e) {
    if (!sub_.events || !wants(sub_, e)) return;
    if (!events_.empty()) events_ += ',';
    append_event(events_, e);
    ++event_count_;
  }
  [[nodiscard]] bool too_many_rows() const { return rows_.size() > limits::frame_rows; }
  [[nodiscard]] std::size_t event_count() const { return event_count_; }

  [[nodiscard]] frame write(seq prev, seq at, status_counts const* counts) const {
    frame f{{}, at};
    json_writer w{f.text};
    w.number("prev", number(prev)).number("seq", number(at));
    if (too_many_rows()) {
      w.raw("reset", std::string_view{"[\"jobs\"]"});
    } else if (sub_.jobs) {
      std::string rows = "[";
      for (auto const& [id, state] : rows_) {
        if (rows.size() > 1) rows += ',';
        append_job(rows, *state, now_);
      }
      w.raw("jobs", std::string_view{rows + "]"});
    }
    if (sub_.events) w.raw("events", std::string_view{"[" + events_ + "]"});
    if (sub_.stats && counts) w.raw("stats", std::string_view{stats(at, *counts)});
    w.close();
    return f;
  }
  static std::string stats(seq at, status_counts const& counts) {
    std::string out;
    append_counts(out, at, counts);
    return out;
  }

 private:
  subscription const& sub_;
  timestamp now_;
  std::map<job_id, job_state const*> rows_;
  std::string events_;
  std::size_t event_count_ = 0;
};

void read_topics(json_fields& f, subscription& sub) {
  auto const topics = f.optional<std::vector<std::string>>("subscribe");
  if (!topics) return;
  auto const has = [&](std::string_view name) {
    return std::find(topics->begin(), topics->end(), name) != topics->end();
  };
  sub.jobs = has("jobs");
  sub.events = has("events");
  sub.stats = has("stats");
  for (std::string const& t : *topics) {
    if (t != "jobs" && t != "events" && t != "stats")
      f.fail("subscribe", "has \"" + t + "\"; topics are jobs, events and stats");
  }
}

void read_watched(json_fields& f, subscription& sub) {
  auto const ids = f.raw("jobs");
  if (!ids) return;
  if (ids->front() != '[') return f.fail("jobs", "must be an array of job ids");
  for (std::string_view text : json_elements(*ids)) {
    std::string const wrapped = "{\"id\":" + std::string{text} + "}";
    json_fields one{wrapped, {}, json_fields::checked::yes};
    auto const id = one.in_range("id", 1, std::numeric_limits<std::int64_t>::max());
    if (!id) return f.fail("jobs", "must be an array of job ids");
    sub.watched.insert(job_id{static_cast<std::uint64_t>(*id)});
  }
  if (sub.watched.size() > limits::frame_rows)
    f.fail("jobs", "must be at most " + std::to_string(limits::frame_rows));
}

void read_filter(json_fields& f, subscription& sub) {
  if (auto const id = f.in_range("job", 0, std::numeric_limits<std::int64_t>::max()))
    sub.job = job_id{static_cast<std::uint64_t>(*id)};
  read_watched(f, sub);
  sub.type = f.optional<std::string>("type");
  sub.queue = f.optional<std::string>("queue");
  for (std::string const& name :
       f.optional<std::vector<std::string>>("status").value_or(std::vector<std::string>{})) {
    auto const status = parse_status(name);
    status ? void(sub.statuses.insert(*status)) : f.fail("status", "is not known: " + name);
  }
  f.finish();
}

}  // namespace

result<subscription, std::string> read_subscription(std::string_view text) {
  subscription sub;
  json_fields f{text};
  read_topics(f, sub);
  for (bool topic : {sub.jobs, sub.events, sub.stats}) sub.key += topic ? '1' : '0';
  if (auto const filter = f.raw("filter")) {
    sub.key += *filter;
    json_fields nested{*filter, "filter.", json_fields::checked::yes};
    read_filter(nested, sub);
    f.adopt(nested.errors());
  }
  if (auto const after = f.in_range("after", 0, std::numeric_limits<std::int64_t>::max()))
    sub.after = seq{static_cast<std::uint64_t>(*after)};
  f.finish();
  if (!f.ok()) return f.errors().front().field + " " + f.errors().front().message;
  return sub;
}

frame hello_frame(seq at, status_counts const& counts) {
  frame f{{}, at};
  json_writer w{f.text};
  w.number("prev", number(at)).number("seq", number(at)).boolean("hello", true);
  w.raw("stats", std::string_view{frame_writer::stats(at, counts)}).close();
  return f;
}

frame reset_frame(seq prev, seq at) {
  frame f{{}, at};
  json_writer w{f.text};
  w.number("prev", number(prev))
      .number("seq", number(at))
      .raw("reset", std::string_view{R"(["jobs","events"])"})
      .close();
  return f;
}

frame empty_frame(seq at) {
  frame f{{}, at};
  json_writer w{f.text};
  w.number("prev", number(at)).number("seq", number(at)).close();
  return f;
}

std::optional<frame> live_frame(subscription const& sub, live_feed const& feed, seq cursor,
                                timestamp now) {
  auto const steps = feed.since(cursor);
  if (steps.empty()) return std::nullopt;
  frame_writer parts{sub, now};
  live_feed::step last;
  for (live_feed::step const& s : steps) {
    for (job_state const& state : s->step.changed) parts.add(state);
    for (stored_event const& e : s->events) {
      if (e.seq > cursor) parts.add(e);
    }
    last = s;
    if (parts.event_count() >= limits::live_frame_events) break;
  }
  return parts.write(cursor, last->step.to, &last->step.counts);
}

std::optional<frame> stored_frame(subscription const& sub, readers& from, seq cursor,
                                  timestamp now) {
  std::vector<stored_event> events;
  std::set<job_id> ids;
  view_result<job_snapshot> snapshot = job_snapshot{};
  // The view goes on while the log is read: read on until the events reach the rows.
  for (seq read = cursor;; read = events.empty() ? cursor : events.back().seq) {
    auto more = from.log->read_all(read, limits::frame_events + 1);
    if (!more) return std::nullopt;
    for (stored_event& e : *more) {
      ids.insert(e.job);
      events.push_back(std::move(e));
    }
    std::vector<job_id> const wanted{ids.begin(), ids.end()};
    snapshot = from.jobs->find(wanted);
    if (!snapshot || snapshot->seq < cursor) return std::nullopt;
    if (events.size() > limits::frame_events) return reset_frame(cursor, snapshot->seq);
    if (snapshot->seq == cursor || (!events.empty() && events.back().seq >= snapshot->seq)) break;
  }
  frame_writer parts{sub, now};
  for (job_state const& state : snapshot->jobs) parts.add(state);
  for (stored_event const& e : events) {
    if (e.seq <= snapshot->seq) parts.add(e);
  }
  auto const counts = from.jobs->counts(now);
  return parts.write(cursor, snapshot->seq,
                     counts && counts->seq == snapshot->seq ? &counts->total : nullptr);
}

}  // namespace retrylab
