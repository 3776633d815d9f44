#pragma once
// `retrylab worker`: a worker as a process of its own (docs/handlers.md).

#include "app/config_file.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace retrylab {

struct worker_flags {
  std::string server = "tcp://127.0.0.1:7419";
  std::string password{};
  std::string name{};  // empty: host, pid and a number
  std::vector<std::string> labels{"retrylab-worker"};
  std::vector<std::string> queues{"default"};
  std::size_t concurrency = 10;
  std::string beat;                 // as in 5s
  std::string grace;                // likewise
  std::vector<std::string> exec{};  // run for each type that the file does not name
  std::string http{};               // called for it
  std::string webhook_secret{};
  bool private_network = false;
  std::string log_level = "info";
  std::string config{};  // read before the command line is parsed
  config_file handlers{};
};

void add_worker_flags(CLI::App& command, worker_flags& flags);
// Everything behind --exec is the command: it is cut off the command line, and returned.
[[nodiscard]] std::vector<std::string> take_exec(int& argc, char** argv);

// The exit code: EX_OK when every job that was fetched was reported.
[[nodiscard]] int worker_command(worker_flags const& flags);

}  // namespace retrylab
