#include "lab/stage_pools.hpp"

#include "events/core/result.hpp"
#include "lab/fixed_point.hpp"

#include <fmt/format.h>

namespace retrylab {
namespace {

constexpr std::uint64_t purpose = 500;  // the first of as many as there are pools

}  // namespace

stage_pools::stage_pools(ports p, std::vector<worker_pool> const& pools, std::uint64_t seed)
    : ports_(p),
      pools_(pools),
      end_(p.core.timers().on([this](std::uint64_t fence, std::uint64_t) { finish(fence); })),
      death_(p.core.timers().on(
          [this](std::uint64_t pool, std::uint64_t again) { die_one(pool, again != 0); })),
      back_(p.core.timers().on([this](std::uint64_t index, std::uint64_t) { connect(index); })) {
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    chance_.emplace_back(seed, purpose + i);
    for (std::size_t n = 1; n <= pools_[i].count; ++n) processes_.push_back({i, n});
  }
}

void stage_pools::start() {
  for (std::size_t i = 0; i < processes_.size(); ++i) connect(i);
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    for (microseconds const at : pools_[i].deaths_at)
      ports_.core.timers().add(ports_.begin + at, death_, i);
    plan_death(i);
  }
}

void stage_pools::connect(std::size_t index) {
  process& p = processes_[index];
  worker_pool const& pool = pools_[p.pool];
  p.alive = true;
  p.name = fmt::format("{}-{}", pool.name, p.number);
  if (++p.life > 1) p.name += fmt::format(".{}", p.life);
  ports_.core.known().connected({p.name, "lab", 0, {}, "lab"});
  ports_.core.known().asks(p.name, pool.queues);
  p.fetches.assign(pool.slots, 0);
  for (std::size_t slot = 0; slot < pool.slots; ++slot) fetch(index, slot);
}

void stage_pools::fetch(std::size_t index, std::size_t slot) {
  process const& p = processes_[index];
  fetch_request wish{p.name, pools_[p.pool].queues};
  // The answer may come inside the call: then nothing waits.
  auto const came = std::make_shared<bool>(false);
  fetch_id const id = ports_.core.attempts().fetch(
      std::move(wish), [this, index, slot, life = p.life, name = p.name, came](fetch_answer got) {
        *came = true;
        process& mine = processes_[index];
        bool const same = mine.alive && mine.life == life;
        if (same) mine.fetches[slot] = 0;
        if (!got) return;
        if (same) return run(index, slot, *got);
        ports_.core.attempts().lose(name, name + " died when it was given the job");
      });
  if (!*came) processes_[index].fetches[slot] = id;
}

void stage_pools::run(std::size_t index, std::size_t slot, job_state const& job) {
  process const& p = processes_[index];
  job_group const& group = ports_.plan.jobs[ports_.record.job(job.id).group];
  attempt_work const work{job.id, job.running->fence, job.running->attempt, job.generation,
                          job.spec};
  timestamp const now = ports_.time.now();
  modelled_attempt m = ports_.model.plan(work, group, pools_[p.pool].pace, now - ports_.begin);
  attempt a{index, p.life, slot, job.id, std::move(m.end)};
  if (m.hangs) {
    // A worker that keeps to the timeout gives up when the server does.
    m.takes = *job.spec->timeout;
    a.end.reset();
  }
  running_.emplace(work.fence.value, std::move(a));
  ports_.core.timers().add(now + m.takes, end_, work.fence.value);
}

void stage_pools::finish(std::uint64_t fence) {
  auto const found = running_.find(fence);
  attempt a = std::move(found->second);
  running_.erase(found);
  auto const next = [this, index = a.process, slot = a.slot, life = a.life] {
    process const& p = processes_[index];
    if (p.alive && p.life == life) fetch(index, slot);
  };
  process const& p = processes_[a.process];
  if (!p.alive || p.life != a.life) return;  // it took the result with it
  if (!a.end) return next();
  ports_.core.attempts().report(a.job, command_for(seq{fence}, std::move(*a.end)),
                                [next](ask_answer const&) { next(); });
}

void stage_pools::plan_death(std::size_t pool) {
  auto const mean = pools_[pool].mean_between_deaths;
  if (!mean) return;
  microseconds const wait{scale(mean->count(), exponential(chance_[pool].next()))};
  ports_.core.timers().add(ports_.time.now() + wait, death_, pool, 1);
}

void stage_pools::die_one(std::size_t pool, bool again) {
  std::vector<std::size_t> alive;
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    if (processes_[i].pool == pool && processes_[i].alive) alive.push_back(i);
  }
  if (!alive.empty()) die(alive[chance_[pool].between(0, alive.size() - 1)]);
  if (again) plan_death(pool);
}

void stage_pools::die(std::size_t index) {
  process& p = processes_[index];
  p.alive = false;
  for (fetch_id const id : p.fetches) {
    if (id != 0) static_cast<void>(ports_.core.attempts().cancel(id));
  }
  ports_.core.known().disconnected(p.name);
  ports_.core.timers().add(ports_.time.now() + pools_[p.pool].back_after, back_, index);
}

}  // namespace retrylab
