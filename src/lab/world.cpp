#include "lab/world.hpp"

#include "events/event_codec.hpp"
#include "events/id_ranges.hpp"
#include "lab/node_parts.hpp"

#include <array>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 3> point_names{"before_write", "after_sync", "before_ack"};

}  // namespace

// What dies in a crash. The io_context goes last: it holds what was posted.
struct world::node {
  boost::asio::io_context io{1};
  memory_job_view jobs;
  projector projecting;
  simulated_log log;
  posted_read_pool reads;
  engine core;

  node(world& w, log_head const& head)
      : projecting(
            jobs, w.store_, [this](live_feed::step s) { publish(std::move(s)); },
            [&w](std::string const& why) { w.violation("the view failed: " + why); }),
        log(io.get_executor(), w.store_,
            [&w](std::vector<stored_event> events) { w.committed(std::move(events)); },
            {w.inside_, w.latency_, [&w] { return w.clock_.now(); },
             [&w](commit_point p) { return w.crashes_at(p); },
             [&w] {
               return w.faults_.disk_full_one_in > 0 &&
                      w.chance_.one_in(w.faults_.disk_full_one_in);
             }}),
        reads(io.get_executor(), readers_of(w.store_, jobs)),
        core({io.get_executor(), w.clock_, log, reads}, settings(w), head) {}

  static engine_options settings(world const& w) {
    engine_options o;
    o.seed = w.seed_;
    o.epoch = w.store_.epoch();
    o.dispatch.concurrency = 8;
    o.retention = {w.keep_, w.archive_};
    return o;
  }
  void publish(live_feed::step s) {
    boost::asio::post(io,
                      [this, s = std::move(s)]() mutable { core.feed().publish(std::move(s)); });
  }
};

world::world(std::uint64_t seed, world_faults faults, std::map<job_status, microseconds> keep)
    : seed_(seed),
      faults_(faults),
      keep_(std::move(keep)),
      workload_(seed, 1),
      latency_(seed, 2),
      chance_(seed, 3),
      clock_(beginning) {
  boot();
}

world::~world() = default;

void world::boot() {
  crashed_ = false;
  log_head const head = *store_.head();
  node_ = std::make_unique<node>(*this, head);
  if (!node_->projecting.catch_up()) return;
  if (auto const recovered = node_->core.recover(node_->jobs, store_); !recovered)
    violation(recovered.error().message);
  node_->core.start([this](bool recorded) {
    if (!recorded) crashed_ = true;  // a real server would end here and be started again
  });
}

bool world::crashes_at(commit_point point) {
  if (faults_.crash_one_in == 0 || !chance_.one_in(faults_.crash_one_in)) return false;
  trace_.append("crash ").append(point_names[static_cast<std::size_t>(point)]).append("\n");
  crashed_ = true;
  return true;
}

// Nothing that was in the process has any more effect: its plans, its posts, its timers.
void world::crash() {
  ++crashes_;
  inside_.clear();
  clock_.forget_alarm();
  node_.reset();
  check_ledger();
  store_.reopen();
  boot();
}

void world::committed(std::vector<stored_event> events) {
  for (stored_event const& e : events) {
    audit_.see(e);
    if (e.type == "Purged") note_purge(e);
    trace_.append(std::to_string(e.seq.value))
        .append(" ")
        .append(to_rfc3339(e.at))
        .append(" ")
        .append(std::to_string(e.job.value));
    trace_.append(" ").append(e.type).append(" ").append(e.data).append("\n");
  }
  auto const links = store_.read_chain(audited_link_, 1);
  for (chain_link const& link : *links) {
    audit_.see(link);
    audited_link_ = link.last;
  }
  inside_.at(clock_.now() + microseconds{latency_.between(0, 5000)},
             [this, events = std::move(events)] { node_->projecting.project(events); });
}

void world::note_purge(stored_event const& event) {
  auto const step = std::get<purged>(*decode_system_event(event.type, event.data));
  segments_.push_back(step.archive);
  for (job_id job : ids_in(*parse_ranges(step.jobs))) {
    if (!purged_.insert(job).second)
      violation("job " + std::to_string(job.value) + " was purged twice (R1)");
  }
}

engine& world::core() { return node_->core; }

void world::create(job_spec spec) {
  node_->core.jobs().create(std::move(spec), std::nullopt, [this](ask_answer answer) {
    if (answer) acknowledged_.insert(answer->id);
  });
}

void world::command(job_id job, job_command wish) {
  node_->core.jobs().ask(job, std::move(wish), [](ask_answer const&) {});
}

void world::after(microseconds delay, std::function<void()> act) {
  outside_.at(clock_.now() + delay, std::move(act));
}

// Runs what needs no time to pass.
void world::settle() {
  do {
    if (crashed_) crash();
    node_->io.restart();
    node_->io.poll();
  } while (!crashed_ && (inside_.do_one(clock_.now()) || outside_.do_one(clock_.now())));
}

bool world::step() {
  settle();
  if (crashed_) return true;
  std::optional<timestamp> next;
  for (auto const& t : {inside_.next(), outside_.next(), clock_.next_alarm()}) {
    if (t && (!next || *t < *next)) next = t;
  }
  if (next) clock_.advance_to(*next);
  return next.has_value();
}

bool world::run_until_idle(std::size_t steps) {
  for (; steps > 0; --steps) {
    if (!step()) return true;
  }
  return false;
}

void world::run_for(microseconds time) {
  bool over = false;
  after(time, [&over] { over = true; });
  for (settle(); !over; settle()) (void)step();
}

void world::check_ledger() {
  for (job_id job : acknowledged_) {
    if (!audit_.jobs().contains(job) && !purged_.contains(job))
      violation("job " + std::to_string(job.value) + " was acknowledged and is lost (A1)");
  }
}

// Every event that was ever committed is in the log or in a segment that the log names, once.
void world::check_archive() {
  std::set<seq> places;
  std::uint64_t count = store_.read_all({}, audit_.events())->size();
  for (stored_event const& e : *store_.read_all({}, audit_.events())) places.insert(e.seq);
  for (std::string const& name : segments_) {
    count += archive_->segment(name).size();
    for (stored_event const& e : archive_->segment(name)) places.insert(e.seq);
  }
  if (places.size() != audit_.events() || count != audit_.events())
    violation("log and archive have " + std::to_string(count) + " events, " +
              std::to_string(places.size()) + " different ones, of " +
              std::to_string(audit_.events()) + " (R2)");
}

void world::check() {
  check_ledger();
  check_archive();
  memory_job_view fresh;
  auto const all = store_.read_all({}, store_.head()->last.value);
  if (auto const folded = fresh.apply(*all); !folded && !all->empty())
    violation(folded.error().message);
  auto const live = node_->jobs.list({.limit = 1'000'000}, clock_.now());
  for (job_state const& s : live->jobs) {
    auto const found = audit_.jobs().find(s.id);
    if (found == audit_.jobs().end() || s != found->second)
      violation("the view of job " + std::to_string(s.id.value) +
                " is not the fold of its events (P1)");
  }
  if (live->jobs.size() != audit_.jobs().size()) violation("the view has not every job (P1)");
  if (node_->jobs.counts(clock_.now())->total != fresh.counts(clock_.now())->total)
    violation("the counters are not those of a new fold (P2, P3)");
  if (*node_->jobs.checkpoint() != store_.head()->last)
    violation("the view is not at the end of the log (P1)");
}

std::vector<std::string> world::violations() const {
  std::vector<std::string> all = violations_;
  all.insert(all.end(), audit_.violations().begin(), audit_.violations().end());
  return all;
}

}  // namespace retrylab
