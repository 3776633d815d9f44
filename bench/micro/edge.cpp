// What the HTTP edge does for each request beside its sockets.

#include "http/documents.hpp"
#include "http/framing_gate.hpp"
#include "http/job_requests.hpp"
#include "micro/samples.hpp"

#include <benchmark/benchmark.h>

namespace retrylab::micro {
namespace {

void read_post_body(benchmark::State& bench) {
  policy_map const policies;
  handler_table const handlers;
  request_setting const setting{noon, policies, handlers};
  if (!read_job_spec(post_body, setting)) bench.SkipWithError("the body is refused");
  for (auto _ : bench) benchmark::DoNotOptimize(read_job_spec(post_body, setting));
  bench.SetBytesProcessed(bench.iterations() * static_cast<std::int64_t>(post_body.size()));
}
BENCHMARK(read_post_body);

void check_request_framing(benchmark::State& bench) {
  std::string const header =
      "POST /jobs HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nContent-Type: application/json\r\n"
      "Content-Length: 123\r\nAccept: */*\r\n\r\n";
  for (auto _ : bench) benchmark::DoNotOptimize(check_framing(header));
}
BENCHMARK(check_request_framing);

void render_job(benchmark::State& bench) {
  job_state const job = finished_job();
  std::size_t bytes = 0;
  for (auto _ : bench) {
    std::string const text = job_document(job, noon);
    bytes += text.size();
    benchmark::DoNotOptimize(text.data());
  }
  bench.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(render_job);

void render_page_of_jobs(benchmark::State& bench) {
  std::vector<job_state> const jobs(100, finished_job());
  for (auto _ : bench) benchmark::DoNotOptimize(jobs_document(jobs, noon));
  bench.SetItemsProcessed(bench.iterations() * 100);
}
BENCHMARK(render_page_of_jobs);

}  // namespace
}  // namespace retrylab::micro
