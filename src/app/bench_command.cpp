#include "app/bench_command.hpp"

#include "bench/bench.hpp"
#include "events/json_fields.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <sysexits.h>
#include <unistd.h>

namespace retrylab {
namespace {

using bench::scenario;

constexpr char const* default_http = "http://127.0.0.1:8000";
constexpr char const* default_faktory = "tcp://127.0.0.1:7419";
constexpr std::string_view lifecycle_payload = R"({"force":"success","duration_ms":0})";
constexpr std::uint64_t default_duration_ms = 5000;
constexpr std::uint64_t unlimited_ms = 24ULL * 3600 * 1000;
constexpr std::uint64_t feed_rate = 1000;  // of --scenario websocket without --rate

constexpr std::pair<std::string_view, scenario> scenarios[] = {
    {"create", scenario::create},       {"bulk", scenario::bulk},
    {"lifecycle", scenario::lifecycle}, {"lists", scenario::lists},
    {"websocket", scenario::websocket}, {"push", scenario::push},
    {"work", scenario::work},
};

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (auto const& [name, value] : scenarios) names.emplace_back(name);
  return names;
}

std::string json_object_only(std::string const& text) {
  if (auto const defect = json_defect(text)) return "not JSON: " + *defect;
  std::size_t const first = text.find_first_not_of(" \t\r\n");
  return text[first] == '{' ? "" : "must be a JSON object";
}

bench::bench_options options_of(bench_flags const& f) {
  bench::bench_options o;
  for (auto const& [name, value] : scenarios) {
    if (name == f.scenario) o.what = value;
  }
  bool const is_faktory = o.what == scenario::push || o.what == scenario::work;
  o.url = f.url.empty() ? is_faktory ? default_faktory : default_http : f.url;
  bool const endless = f.requests && !f.duration_ms;
  o.load.connections = f.connections;
  o.load.duration =
      milliseconds{f.duration_ms.value_or(endless ? unlimited_ms : default_duration_ms)};
  o.load.requests = f.requests;
  o.load.rate = f.rate;
  if (o.what == scenario::websocket && !f.rate) o.load.rate = feed_rate;
  o.job.type = f.job_type;
  o.job.queue = f.queue;
  if (o.what == scenario::lifecycle) o.job.payload = lifecycle_payload;
  if (!f.payload.empty()) o.job.payload = f.payload;
  o.batch = f.batch;
  o.pipeline = f.pipeline;
  o.subscribers = f.subscribers;
  return o;
}

}  // namespace

void add_bench_flags(CLI::App& command, bench_flags& f) {
  std::map<std::string, std::uint64_t> const units{{"ms", 1}, {"s", 1000}, {"m", 60'000}};
  command.add_option("--url", f.url, "The server; tcp://HOST:PORT for push and work")
      ->default_str(default_http);
  command.add_option("--scenario", f.scenario, "What is asked of it")
      ->check(CLI::IsMember(scenario_names()))
      ->capture_default_str();
  command.add_option("--connections", f.connections, "Kept open, one request at a time on each")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command.add_option("--duration", f.duration_ms, "No request begins later; as in 500ms, 5s, 2m")
      ->transform(CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::UNIT_REQUIRED, "TIME"))
      ->default_str("5s");
  command.add_option("--requests", f.requests, "Stop after so many")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}));
  command
      .add_option("--rate", f.rate,
                  "Open loop: so many requests are due each second, and latency counts from then; "
                  "without it each connection waits for its answer")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000}));
  command.add_option("--batch", f.batch, "Jobs in one request of bulk")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command.add_option("--pipeline", f.pipeline, "Commands of push that go together")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command.add_option("--subscribers", f.subscribers, "Of the feed, for websocket")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command.add_option("--job-type", f.job_type, "Type of the jobs")->capture_default_str();
  command.add_option("--queue", f.queue, "Queue of the jobs")->capture_default_str();
  command.add_option("--payload", f.payload, "Payload of the jobs, a JSON object")
      ->check(CLI::Validator{[](std::string& text) { return json_object_only(text); }, "JSON"});
  command.add_option("--output", f.output, "Form of the figures")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command.add_flag("--quiet", f.quiet, "No progress on standard error");
}

int bench_command(bench_flags const& flags) {
  bench::bench_options options = options_of(flags);
  bool const shows_progress = !flags.quiet && ::isatty(STDERR_FILENO) == 1;
  if (shows_progress)
    options.progress = [](std::string const& line) {
      std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
      std::fflush(stderr);
    };
  auto const done = bench::run(options);
  if (shows_progress) std::fputs("\r\x1b[K", stderr);
  if (!done) {
    std::fprintf(stderr, "%s\n", done.error().message.c_str());
    return done.error().exit_code;
  }
  std::string const text = flags.output == "json" ? as_json(*done) : as_table(*done);
  std::fputs(text.c_str(), stdout);
  return done->load.clean() ? EX_OK : EX_PROTOCOL;
}

}  // namespace retrylab
