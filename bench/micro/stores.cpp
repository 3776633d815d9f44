// Appending groups to the log and applying them to the view, in memory and on disk. "Items" are
// events. The stores on disk sync: their wall time is the disk's, their CPU time ours.

#include "events/store/memory_event_store.hpp"
#include "events/store/sqlite_event_store.hpp"
#include "events/views/memory_job_view.hpp"
#include "events/views/sqlite_job_view.hpp"
#include "micro/samples.hpp"

#include <benchmark/benchmark.h>

namespace retrylab::micro {
namespace {

// Groups of new jobs, each a batch of its own, as creates arrive.
void append_groups(benchmark::State& bench, event_store& log) {
  std::uint64_t id = 0;
  std::vector<append_batch> group(static_cast<std::size_t>(bench.range(0)));
  for (auto _ : bench) {
    bench.PauseTiming();
    for (append_batch& batch : group) batch = creation(++id);
    bench.ResumeTiming();
    auto const stored = log.append(group);
    if (!stored) bench.SkipWithError(stored.error().message.c_str());
  }
  bench.SetItemsProcessed(bench.iterations() * bench.range(0));
}

void append_to_memory(benchmark::State& bench) {
  memory_event_store log;
  append_groups(bench, log);
}
BENCHMARK(append_to_memory)->RangeMultiplier(10)->Range(1, 1000);

void append_to_sqlite(benchmark::State& bench) {
  temporary_directory const directory;
  auto const log = sqlite_event_store::open(directory.path() / "log.db");
  append_groups(bench, **log);
}
BENCHMARK(append_to_sqlite)->RangeMultiplier(10)->Range(1, 1000)->UseRealTime();

// Whole lives of ever new jobs, in steps of as many events.
void apply_steps(benchmark::State& bench, job_view& view) {
  auto const events_of_step = static_cast<std::uint64_t>(bench.range(0));
  std::vector<stored_event> step = lives(events_of_step / 3);
  for (auto _ : bench) {
    auto const done = view.apply(step);
    if (!done) bench.SkipWithError(done.error().message.c_str());
    bench.PauseTiming();
    for (stored_event& e : step) {
      e.seq.value += step.size();
      e.job.value += step.size() / 3;
    }
    bench.ResumeTiming();
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(step.size()));
}

void apply_to_memory_view(benchmark::State& bench) {
  memory_job_view view;
  apply_steps(bench, view);
}
BENCHMARK(apply_to_memory_view)->Arg(30)->Arg(300)->Arg(3000);

void apply_to_sqlite_view(benchmark::State& bench) {
  temporary_directory const directory;
  auto const view = sqlite_job_view::open(directory.path() / "views.db");
  apply_steps(bench, **view);
}
BENCHMARK(apply_to_sqlite_view)->Arg(30)->Arg(300)->Arg(3000)->UseRealTime();

}  // namespace
}  // namespace retrylab::micro
