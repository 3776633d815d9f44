#pragma once
// One run of `retrylab bench`: load of one kind against a server, and the figures of it. The
// caller's thread does everything; SIGINT ends the load early and still reports.

#include "bench/report.hpp"

namespace retrylab::bench {

enum class scenario : unsigned char { create, bulk, lifecycle, lists, websocket, push, work };

struct bench_options {
  std::string url = "http://127.0.0.1:8000";  // of push and work tcp://HOST[:PORT]
  scenario what = scenario::create;
  load_options load{};
  job_template job{};
  std::size_t batch = 1000;                            // jobs in one request of bulk
  std::size_t pipeline = 128;                          // PUSH commands at a time, of push
  std::size_t subscribers = 1;                         // of websocket
  std::function<void(std::string const&)> progress{};  // once a second; may be empty
};

[[nodiscard]] std::string_view to_string(scenario s);

[[nodiscard]] result<report, bench_failure> run(bench_options const& options);

}  // namespace retrylab::bench
