#pragma once
// The options of `retrylab serve`, as flags, RETRYLAB_<NAME> in the environment, or keys of a TOML
// file.

#include "app/config_file.hpp"
#include "events/core/time.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace retrylab {

struct serve_options {
  std::filesystem::path data = "retrylab-data";
  std::string http = "127.0.0.1:8000";
  std::string faktory;  // empty: 127.0.0.1:7419, and off in a fork
  std::string faktory_password;
  std::string simulate = "on";
  std::size_t concurrency = 128;
  std::size_t exec_concurrency = 16;
  std::size_t webhook_concurrency = 64;
  command_handlers commands{};  // of the file that --config names
  webhook_handlers webhooks{};
  handler_table handlers{};
  std::chrono::milliseconds lease = std::chrono::seconds{30};
  std::size_t queue_max_length = 10'000'000;
  std::optional<std::uint64_t> seed{};  // none: 0, and in a fork that of the log it comes from
  // How long ended jobs are kept, by status; none: for ever.
  std::optional<std::chrono::seconds> keep_succeeded{};
  std::optional<std::chrono::seconds> keep_failed{};
  std::optional<std::chrono::seconds> keep_cancelled{};
  std::optional<std::chrono::seconds> keep_discarded{};
  std::optional<bool> manual_clock{};      // none: in a fork
  std::optional<timestamp> clock_start{};  // of the manual clock; none: the time of the start
  std::string fork;                        // an export that a new log begins as a copy of
  std::string fork_at;                     // up to here: a seq, or a time
  bool allow_outside = false;              // a fork delivers webhooks and runs commands
  bool lab = false;                        // faults may be injected
  bool ephemeral = false;
  bool accept_loss = false;
  std::string synchronous = "FULL";
  std::string log_level = "info";
  std::string config;  // applied before the command line is parsed
};

void add_serve_options(CLI::App& command, serve_options& options);

// "90s", "15m", "12h", "7d": one second to a hundred years. Nothing for any other text.
[[nodiscard]] std::optional<std::chrono::seconds> parse_keep(std::string_view text);
// The same, and "500ms"; 100 ms to a day.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_lease(std::string_view text);

// The file that --config or RETRYLAB_CONFIG names; empty when neither does.
[[nodiscard]] std::string config_file_name(int argc, char** argv);
// The keys of a file become the defaults, so that the environment and the command line win. Throws
// what CLI11 throws: a key is not known, a value is wrong.
void apply_settings(CLI::App& command, config_file const& config);
void apply_config(CLI::App& command, serve_options& options, config_file const& config);

// The exit code, from sysexits.h.
[[nodiscard]] int serve(serve_options const& options);

}  // namespace retrylab
