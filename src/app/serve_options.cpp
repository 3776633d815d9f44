#include "app/serve_options.hpp"

#include <CLI/CLI.hpp>

namespace retrylab {

void add_serve_options(CLI::App& command, serve_options& o) {
  auto const only_off = CLI::Validator{
      [](std::string& value) {
        return value == "off" ? std::string{}
                              : "the Faktory listener is not part of this version yet; use off";
      },
      "off"};
  command.add_option("--data", o.data, "Directory of the log and the views")
      ->envname("RETRYLAB_DATA")
      ->capture_default_str();
  command
      .add_option("--http", o.http,
                  "HOST:PORT of REST, WebSocket and dashboard; port 0 is any free one")
      ->envname("RETRYLAB_HTTP")
      ->capture_default_str();
  command.add_option("--faktory", o.faktory, "HOST:PORT of the Faktory Work Protocol, or off")
      ->envname("RETRYLAB_FAKTORY")
      ->check(only_off)
      ->capture_default_str();
  command.add_option("--simulate", o.simulate, "Run jobs without a handler in the simulator")
      ->envname("RETRYLAB_SIMULATE")
      ->check(CLI::IsMember({"on", "off"}))
      ->capture_default_str();
  command.add_option("--concurrency", o.concurrency, "Attempts that run at the same time")
      ->envname("RETRYLAB_CONCURRENCY")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command.add_option("--seed", o.seed, "Seed of jitter and of simulated outcomes")
      ->envname("RETRYLAB_SEED")
      ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()))
      ->capture_default_str();
  command.add_flag("--ephemeral", o.ephemeral, "Keep everything in memory, nothing on disk")
      ->envname("RETRYLAB_EPHEMERAL");
  command
      .add_flag("--accept-loss", o.accept_loss,
                "Open a log that ends before an event that was committed")
      ->envname("RETRYLAB_ACCEPT_LOSS");
  command
      .add_option("--synchronous", o.synchronous,
                  "Syncs of the log; anything but FULL may lose acknowledged jobs")
      ->envname("RETRYLAB_SYNCHRONOUS")
      ->check(CLI::IsMember({"FULL", "NORMAL", "OFF"}))
      ->capture_default_str();
  command.add_option("--log-level", o.log_level, "Of the messages on standard error")
      ->envname("RETRYLAB_LOG_LEVEL")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  command.set_config("--config", "", "TOML file with any of these as keys")
      ->envname("RETRYLAB_CONFIG");
}

}  // namespace retrylab
