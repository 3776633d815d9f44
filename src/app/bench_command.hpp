#pragma once
// `retrylab bench`: its flags, and what it prints. Progress goes to standard error when that is a
// terminal, figures to standard output.

#include <cstdint>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace retrylab {

struct bench_flags {
  std::string url;  // empty: the default port of what the scenario speaks
  std::string scenario = "create";
  std::size_t connections = 64;
  std::optional<std::uint64_t> duration_ms{};  // absent: 5 s, or as long as --requests takes
  std::optional<std::uint64_t> requests{};
  std::optional<std::uint64_t> rate{};
  std::size_t batch = 1000;
  std::size_t pipeline = 128;
  std::size_t subscribers = 1;
  std::string job_type = "bench";
  std::string queue = "default";
  std::string payload;  // empty: the scenario's own
  std::string output = "table";
  bool quiet = false;
};

void add_bench_flags(CLI::App& command, bench_flags& flags);

// The exit code: EX_OK, EX_USAGE for a flag, EX_UNAVAILABLE for a server that cannot be reached,
// EX_PROTOCOL when anything but a 2xx was answered.
[[nodiscard]] int bench_command(bench_flags const& flags);

}  // namespace retrylab
