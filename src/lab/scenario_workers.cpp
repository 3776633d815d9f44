#include "events/core/limits.hpp"
#include "lab/scenario_reader.hpp"
#include "lab/scenario_values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::uint64_t speed_low = 1;           // a thousandth
constexpr std::uint64_t speed_high = 1'000'000;  // a thousand times
constexpr std::uint64_t sigma_high = 3000;
constexpr microseconds usual_pause = std::chrono::seconds{10};
constexpr char const* speed_rule =
    "must be a number, {uniform: [LOW, HIGH]} or {lognormal: {median: M, sigma: S}}";

speed read_uniform(yaml_fields& f) {
  auto const ends = f.list("uniform", 2);
  if (ends.size() == 2) {
    auto const low = parse_milli(ends[0]->text);
    auto const high = parse_milli(ends[1]->text);
    if (low && high && *low >= speed_low && *low <= *high && *high <= speed_high)
      return uniform_speed{*low, *high};
  }
  f.fail("uniform", "must be [LOW, HIGH], numbers from 0.001 to 1000");
  return fixed_speed{};
}

speed read_speed(yaml_fields& f) {
  yaml_value const* const value = f.get("speed");
  if (!value) return fixed_speed{};
  if (value->is == yaml_value::kind::scalar)
    return fixed_speed{f.decimal("speed", speed_low, speed_high).value_or(1000)};
  if (value->is != yaml_value::kind::map || value->members.size() != 1) {
    f.fail("speed", speed_rule);
    return fixed_speed{};
  }
  yaml_fields kind{*value, f.path("speed"), f.all()};
  if (kind.has("uniform")) return read_uniform(kind);
  yaml_value const* const lognormal = kind.get("lognormal");
  if (!lognormal) {
    f.fail("speed", speed_rule);
    return fixed_speed{};
  }
  yaml_fields shape{*lognormal, kind.path("lognormal"), f.all()};
  lognormal_speed s{shape.decimal("median", speed_low, speed_high).value_or(1000),
                    shape.decimal("sigma", 0, sigma_high).value_or(0)};
  if (!shape.has("sigma")) shape.fail("sigma", "is required");
  shape.finish();
  return s;
}

void read_deaths(yaml_fields& f, scenario const& s, worker_pool& pool) {
  pool.back_after = usual_pause;
  yaml_value const* const value = f.get("deaths");
  if (!value) return;
  yaml_fields deaths{*value, f.path("deaths"), f.all()};
  for (yaml_value const* const item : deaths.list("at", limits::lab_windows)) {
    auto const at = parse_duration(item->text);
    if (at && *at <= s.duration) {
      pool.deaths_at.push_back(*at);
    } else {
      deaths.fail(
          "at", fmt::format("must be times up to the scenario's duration, each {}", duration_rule));
    }
  }
  std::ranges::sort(pool.deaths_at);
  pool.mean_between_deaths = deaths.duration("mean_between", limits::lab_duration);
  if (pool.mean_between_deaths && *pool.mean_between_deaths < std::chrono::seconds{1})
    deaths.fail("mean_between", "must be at least 1s");
  if (!deaths.has("at") && !deaths.has("mean_between"))
    deaths.fail("at", "or mean_between is required");
  pool.back_after = deaths.duration("back_after", limits::lab_duration).value_or(usual_pause);
  deaths.finish();
}

std::vector<std::string> all_queues(scenario const& s) {
  std::vector<std::string> names;
  for (job_group const& g : s.jobs) {
    if (std::ranges::find(names, g.spec.queue) == names.end()) names.push_back(g.spec.queue);
  }
  return names;
}

worker_pool read_pool(yaml_fields& f, scenario const& s, std::size_t number) {
  worker_pool pool;
  pool.name = f.text("name", limits::lab_name_chars).value_or(fmt::format("worker-{}", number + 1));
  constexpr auto most = static_cast<std::int64_t>(limits::lab_slots);
  pool.count = static_cast<std::size_t>(f.integer("count", 1, most).value_or(1));
  pool.slots = static_cast<std::size_t>(f.integer("slots", 1, most).value_or(1));
  pool.queues = f.texts("queues", limits::fetch_queues, limits::queue_chars);
  if (pool.queues.empty()) pool.queues = all_queues(s);
  pool.pace = read_speed(f);
  read_deaths(f, s, pool);
  f.finish();
  return pool;
}

}  // namespace

void read_workers(yaml_fields& f, scenario& s) {
  yaml_value const* const value = f.get("workers");
  if (!value) return;
  if (value->is != yaml_value::kind::list) {
    yaml_fields one{*value, "workers", f.all()};
    constexpr auto most = static_cast<std::int64_t>(limits::lab_slots);
    simulator_workers w;
    w.slots = static_cast<std::size_t>(one.integer("slots", 1, most).value_or(128));
    w.pace = read_speed(one);
    for (char const* const name : {"count", "queues", "deaths", "name"}) {
      if (one.get(name))
        one.fail(name, "is for worker processes: write workers as a list (- slots: …)");
    }
    one.finish();
    s.workers = w;
    return;
  }
  std::vector<worker_pool> pools;
  std::size_t slots = 0;
  for (yaml_value const* const entry : f.list("workers", limits::lab_pools)) {
    yaml_fields one{*entry, fmt::format("workers[{}]", pools.size()), f.all()};
    worker_pool pool = read_pool(one, s, pools.size());
    if (std::ranges::any_of(pools, [&](auto const& other) { return other.name == pool.name; }))
      one.fail("name", fmt::format("\"{}\" is there twice", pool.name));
    slots += pool.count * pool.slots;
    pools.push_back(std::move(pool));
  }
  if (pools.empty()) f.fail("workers", "must have at least one entry");
  if (slots > limits::lab_slots)
    f.fail("workers", fmt::format("have more than {} slots in all", limits::lab_slots));
  s.workers = std::move(pools);
}

}  // namespace retrylab
