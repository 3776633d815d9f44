// The pure functions on the way of every command: decide, evolve, the codec, the hash chain.

#include "events/chain.hpp"
#include "events/core/decide.hpp"
#include "events/event_codec.hpp"
#include "micro/samples.hpp"

#include <benchmark/benchmark.h>

namespace retrylab::micro {
namespace {

// A whole life: created, attempted, succeeded.
void decide_and_evolve(benchmark::State& bench) {
  job_spec const made = spec();
  for (auto _ : bench) {
    job_state job;
    job.id = {1};
    std::uint64_t at = 0;
    auto const step = [&](job_command const& wish) {
      auto const decided = decide(job, wish, {noon, 7});
      for (job_event const& event : *decided)
        evolve(job, {{++at}, job.id, job.version + 1, 1, noon, event});
    };
    step(create_job{made});
    step(start_attempt{"simulator"});
    step(report_success{{at}, std::nullopt});
    benchmark::DoNotOptimize(job);
  }
  bench.SetItemsProcessed(bench.iterations() * 3);
}
BENCHMARK(decide_and_evolve);

void encode_event(benchmark::State& bench) {
  job_event const events[] = {created{spec()}, attempted{1, "simulator", std::nullopt},
                              succeeded{{2}, std::nullopt}};
  job_event const& event = events[bench.range(0)];
  for (auto _ : bench) benchmark::DoNotOptimize(encode(event));
  bench.SetLabel(std::string{encode(event).type});
}
BENCHMARK(encode_event)->DenseRange(0, 2);

void decode_event(benchmark::State& bench) {
  stored_event const row = lives(1)[static_cast<std::size_t>(bench.range(0))];
  for (auto _ : bench) benchmark::DoNotOptimize(decode(row));
  bench.SetLabel(row.type);
}
BENCHMARK(decode_event)->DenseRange(0, 2);

void chain_digest(benchmark::State& bench) {
  stored_event const row = lives(1)[static_cast<std::size_t>(bench.range(0))];
  chain_hasher hasher;
  for (auto _ : bench) benchmark::DoNotOptimize(hasher.digest(row));
  bench.SetLabel(row.type);
}
BENCHMARK(chain_digest)->DenseRange(0, 2);

void chain_link_of_group(benchmark::State& bench) {
  std::vector<sha256_digest> const digests(static_cast<std::size_t>(bench.range(0)));
  chain_hasher hasher;
  for (auto _ : bench) benchmark::DoNotOptimize(hasher.link(digests.front(), digests));
}
BENCHMARK(chain_link_of_group)->Arg(1)->Arg(100);

}  // namespace
}  // namespace retrylab::micro
