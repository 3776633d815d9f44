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
  std::size_t concurrency = 128;
  std::int64_t lease_ms = 30'000;
  std::size_t queue_max_length = 10'000'000;
  std::uint64_t seed = 0;
  bool ephemeral = false;
  bool accept_loss = false;
  std::string synchronous = "FULL";
  std::string log_level = "info";
  std::string config;  // applied before the command line is parsed
};

void add_serve_options(CLI::App& command, serve_options& options);

// The file that --config or RETRYLAB_CONFIG names; empty when neither does.
[[nodiscard]] std::string config_file(int argc, char** argv);
// Throws what CLI11 throws: the file is not there, a key is not known, a value is wrong.
void apply_config_file(CLI::App& command, std::string const& file);

// The exit code, from sysexits.h.
[[nodiscard]] int serve(serve_options const& options);

}  // namespace retrylab
