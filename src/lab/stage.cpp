#include "lab/stage.hpp"

#include "actors/engine.hpp"
#include "actors/runtime/virtual_clock.hpp"
#include "events/core/assert.hpp"
#include "events/core/limits.hpp"
#include "events/views/memory_job_view.hpp"
#include "lab/arrivals.hpp"
#include "lab/node_parts.hpp"
#include "lab/stage_executor.hpp"
#include "lab/stage_log.hpp"
#include "lab/stage_pools.hpp"
#include "lab/stage_store.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace retrylab {
namespace {

constexpr std::uint64_t progress_events = 1 << 14;  // between two reports

class stage {
 public:
  stage(scenario const& s, stage_options options);
  stage_run run();

 private:
  // A group whose jobs arrive.
  struct source {
    arrivals times;
    std::optional<microseconds> next;
    job_spec spec;
    std::optional<prepared_job> prepared;  // of a group without a delay: once for all
  };
  engine_options settings();
  void open();
  void set_policies();
  void set_queues();
  void begin();
  void arrive(std::size_t group);
  void create(std::size_t group, std::size_t count);
  prepared_job const& prepare_for(std::size_t group);
  void set_pause(std::size_t number, bool paused);
  void committed(std::vector<stored_event> const& events);
  void watch(stored_event const& event);
  void report();
  void settle();
  [[nodiscard]] bool is_over();
  [[nodiscard]] microseconds passed() { return clock_.now() - beginning; }

  scenario const& scenario_;
  stage_options options_;
  attempt_model model_;
  run_record record_;
  export_lines trace_;
  virtual_clock clock_{beginning};
  boost::asio::io_context io_{1};
  stage_store store_;
  memory_job_view jobs_;  // stays empty: nothing asks it but the start
  stage_log log_;
  posted_read_pool reads_;
  stage_executor simulator_;
  engine core_;
  std::optional<stage_pools> pools_;
  std::vector<source> sources_;
  std::size_t sources_open_ = 0;
  std::vector<std::pair<std::string, queue_pause>> pauses_;
  deadline_kind arrival_;
  deadline_kind pause_;
  std::size_t opening_ = 0;  // answers that the opening waits for
  std::size_t orders_ = 0;   // of operators, that do not hold yet
  bool begun_ = false;
  std::optional<run_end> end_;
  std::size_t watched_open_;
  std::uint64_t reported_ = 0;
  std::map<job_id, job_timeline> timelines_;
};

// A whole log, from its first event on.
export_head head_of_trace() {
  export_head head;
  head.from = seq{1};
  head.at = beginning;
  head.epoch = 1;
  return head;
}

stage::stage(scenario const& s, stage_options options)
    : scenario_(s),
      options_(std::move(options)),
      model_(s, options_.seed),
      record_(s),
      trace_(head_of_trace(), options_.trace),
      log_(io_.get_executor(), store_,
           [this](std::vector<stored_event> const& events) { committed(events); }),
      reads_(io_.get_executor(), readers_of(store_, jobs_)),
      simulator_({io_.get_executor(), clock_, beginning, s, record_, model_}),
      core_({io_.get_executor(), clock_, log_, reads_}, settings(), log_head{}),
      arrival_(core_.timers().on([this](std::uint64_t group, std::uint64_t) { arrive(group); })),
      pause_(core_.timers().on(
          [this](std::uint64_t number, std::uint64_t paused) { set_pause(number, paused != 0); })),
      watched_open_(options_.watch.size()) {
  if (options_.events_most == 0) options_.events_most = limits::lab_events;
  simulator_.attach(core_.timers());
  if (auto const* const pools = std::get_if<std::vector<worker_pool>>(&s.workers))
    pools_.emplace(stage_pools::ports{core_, clock_, beginning, s, record_, model_}, *pools,
                   options_.seed);
}

engine_options stage::settings() {
  engine_options o;
  o.seed = options_.seed;
  o.simulator = &simulator_;
  if (auto const* const own = std::get_if<simulator_workers>(&scenario_.workers)) {
    o.dispatch.concurrency = own->slots;
  } else {
    o.handlers.simulate = false;
  }
  o.lease = scenario_.lease;
  o.connected_is_alive = true;
  return o;
}

// Policies and limits stand before the first job comes.
void stage::open() {
  auto const recovered = core_.recover(jobs_, store_);
  RETRYLAB_ASSERT(recovered, "an empty log cannot be read");
  opening_ = 1;
  core_.start([this](bool recorded) {
    RETRYLAB_ASSERT(recorded, "the start was not recorded");
    set_policies();
    set_queues();
    if (--opening_ == 0) begin();
  });
}

void stage::set_policies() {
  for (auto const& [name, policy] : scenario_.policies) {
    ++opening_;
    core_.policies().set(name, policy, [this](policy_answer const&) {
      if (--opening_ == 0) begin();
    });
  }
}

void stage::set_queues() {
  for (auto const& [name, plan] : scenario_.queues) {
    for (queue_pause const& p : plan.pauses) pauses_.emplace_back(name, p);
    if (!plan.limit) continue;
    ++opening_;
    core_.queues().limit(name, plan.limit, [this](queue_answer const&) {
      if (--opening_ == 0) begin();
    });
  }
  for (std::size_t i = 0; i < pauses_.size(); ++i) {
    window const& w = pauses_[i].second.time;
    core_.timers().add(beginning + w.from, pause_, i, 1);
    if (w.to < scenario_.duration) core_.timers().add(beginning + w.to, pause_, i, 0);
  }
}

void stage::set_pause(std::size_t number, bool paused) {
  auto const& [queue, plan] = pauses_[number];
  auto const holds = [this](queue_answer const&) { --orders_; };
  ++orders_;
  paused ? core_.queues().pause(queue, plan.reason, holds) : core_.queues().resume(queue, holds);
}

void stage::begin() {
  begun_ = true;
  if (pools_) pools_->start();
  policy_map const& policies = core_.policies().all();
  for (std::size_t i = 0; i < scenario_.jobs.size(); ++i) {
    job_group const& g = scenario_.jobs[i];
    source& from = sources_.emplace_back(source{{g, i, options_.seed}, {}, g.spec, {}});
    if (!g.policy.empty()) from.spec.retry = policies.at(g.policy).as_taken(g.policy);
    from.next = from.times.next();
    if (!from.next) continue;
    ++sources_open_;
    core_.timers().add(beginning + *from.next, arrival_, i);
  }
}

// All that are due; so many at a time, because a batch is in memory as a whole. What an operator
// does at the same instant comes first.
void stage::arrive(std::size_t group) {
  if (orders_ > 0) return boost::asio::post(io_, [this, group] { arrive(group); });
  source& from = sources_[group];
  std::size_t count = 0;
  while (from.next && *from.next <= passed() && count < limits::bulk_jobs) {
    ++count;
    from.next = from.times.next();
  }
  if (!from.next) --sources_open_;
  create(group, count);
}

prepared_job const& stage::prepare_for(std::size_t group) {
  source& from = sources_[group];
  microseconds const delay = scenario_.jobs[group].delay;
  if (from.prepared && delay.count() == 0) return *from.prepared;
  job_spec spec = from.spec;
  if (delay.count() > 0) spec.run_at = clock_.now() + delay;
  return from.prepared.emplace(prepare(std::move(spec)));
}

void stage::create(std::size_t group, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    record_.expect_job(group, clock_.now(), scenario_.jobs[group].delay);
  std::vector<prepared_job> batch(count, prepare_for(group));
  core_.jobs().create_all(std::move(batch), std::nullopt,
                          [this, group](create_all_answer const& made) {
                            RETRYLAB_ASSERT(made, "a job was refused");
                            auto const& next = sources_[group].next;
                            if (next) core_.timers().add(beginning + *next, arrival_, group);
                          });
}

void stage::committed(std::vector<stored_event> const& events) {
  for (stored_event const& e : events) {
    trace_.add(e);
    record_.see(e);
    if (!options_.watch.empty() && options_.watch.contains(e.job)) watch(e);
  }
  if (store_.last().value >= options_.events_most) end_ = run_end::events;
  if (options_.halt.stop_requested()) end_ = run_end::interrupted;
  if (store_.last().value - reported_ >= progress_events) report();
}

void stage::watch(stored_event const& event) {
  job_timeline& line = timelines_[event.job];
  if (line.events.size() < limits::lab_timeline_events) {
    line.events.push_back(event);
  } else {
    ++line.more;
  }
  if (is_ended(record_.job(event.job).status) && --watched_open_ == 0 && options_.stop_with_watched)
    end_ = run_end::watched;
}

void stage::report() {
  reported_ = store_.last().value;
  if (!options_.progress) return;
  std::uint64_t const jobs = record_.jobs().size();
  bool const goes_on = options_.progress({passed(), scenario_.duration, store_.last().value, jobs,
                                          jobs - record_.unfinished(), &record_});
  if (!goes_on) end_ = run_end::interrupted;
}

// Runs what needs no time to pass.
void stage::settle() {
  io_.restart();
  while (!end_ && io_.poll_one() > 0) {
  }
}

bool stage::is_over() {
  if (end_) return true;
  if (begun_ && sources_open_ == 0 && record_.unfinished() == 0) end_ = run_end::idle;
  return end_.has_value();
}

stage_run stage::run() {
  open();
  timestamp const last = beginning + scenario_.duration;
  for (settle(); !is_over(); settle()) {
    auto const next = clock_.next_alarm();
    if (!next || *next > last) {
      clock_.advance_to(last);
      end_ = run_end::duration;
      break;
    }
    clock_.advance_to(*next);
  }
  stage_run done{options_.seed, std::move(record_)};
  done.end = *end_;
  done.time = passed();
  done.events = store_.last().value;
  done.hash = trace_.finish().sha256;
  done.timelines = std::move(timelines_);
  return done;
}

}  // namespace

stage_run play(scenario const& s, stage_options options) {
  return stage{s, std::move(options)}.run();
}

}  // namespace retrylab
