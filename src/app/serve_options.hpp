#pragma once
// The options of `retrylab serve`, as flags, RETRYLAB_<NAME> in the environment, or keys of a TOML
// file.

#include <filesystem>
#include <string>

namespace CLI {
class App;
}

namespace retrylab {

struct serve_options {
  std::filesystem::path data = "retrylab-data";
  std::string http = "127.0.0.1:8000";
  std::string faktory = "off";
  std::string simulate = "on";
  std::size_t concurrency = 64;
  std::uint64_t seed = 0;
  bool ephemeral = false;
  bool accept_loss = false;
  std::string synchronous = "FULL";
  std::string log_level = "info";
};

void add_serve_options(CLI::App& command, serve_options& options);

// The exit code, from sysexits.h.
[[nodiscard]] int serve(serve_options const& options);

}  // namespace retrylab
