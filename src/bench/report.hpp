#pragma once
// The figures of a run, as a table for people and as JSON for programs. Pure.

#include "bench/load.hpp"
#include "bench/subscriber.hpp"

#include <optional>
#include <string>

namespace retrylab::bench {

// Of the scenario lifecycle: what became of the jobs that were created.
struct lifecycle_figures {
  std::uint64_t ended = 0;
  nanoseconds elapsed{0};  // from the first create to the end of the last job
};

struct websocket_figures {
  std::uint64_t subscribers = 0;
  feed_tally feed;
};

struct report {
  std::string scenario;
  std::string url;
  std::size_t connections = 0;
  std::optional<std::uint64_t> rate{};
  tally load;
  std::optional<lifecycle_figures> lifecycle{};
  std::optional<websocket_figures> websocket{};
};

[[nodiscard]] double per_second(std::uint64_t count, nanoseconds elapsed);

[[nodiscard]] std::string as_table(report const& r);
// One object, with a line end. Times in milliseconds, rates a second.
[[nodiscard]] std::string as_json(report const& r);
// What is shown while a run goes on.
[[nodiscard]] std::string progress_line(tally const& now, std::uint64_t requests_before,
                                        nanoseconds since_start);

}  // namespace retrylab::bench
