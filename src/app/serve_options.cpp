#include "app/serve_options.hpp"

#include "app/moment.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <limits>

namespace retrylab {
namespace {

using std::chrono::seconds;

constexpr std::chrono::milliseconds lease_min{100};
constexpr std::chrono::milliseconds lease_max = std::chrono::days{1};
constexpr seconds keep_max = std::chrono::days{36'525};

void add_keep_option(CLI::App& command, std::string const& status, std::optional<seconds>& into) {
  std::string variable = "RETRYLAB_KEEP_" + status;
  std::ranges::transform(variable, variable.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  command
      .add_option_function<std::string>(
          "--keep-" + status, [&into](std::string const& text) { into = parse_keep(text); },
          "Purge " + status + " jobs so long after their end, as in 90s, 15m, 12h, 7d")
      ->envname(variable)
      ->type_name("TIME")
      ->run_callback_for_default()  // a key of a file is a default
      ->check(CLI::Validator{[](std::string& text) {
                               return parse_keep(text) ? std::string{}
                                                       : "must be a time as in 90s, 15m, 12h, 7d";
                             },
                             ""});
}

// Of whoever runs jobs beside the simulator.
void add_worker_options(CLI::App& command, serve_options& o) {
  command
      .add_option("--exec-concurrency", o.exec_concurrency, "Commands that run at the same time")
      ->envname("RETRYLAB_EXEC_CONCURRENCY")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command
      .add_option("--webhook-concurrency", o.webhook_concurrency,
                  "Webhooks that are delivered at the same time")
      ->envname("RETRYLAB_WEBHOOK_CONCURRENCY")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command
      .add_option_function<std::string>(
          "--lease", [&o](std::string const& text) { o.lease = *parse_lease(text); },
          "Time without a sign of life after which a worker's jobs are given back, as in 500ms, "
          "30s")
      ->envname("RETRYLAB_LEASE")
      ->check(CLI::Validator{[](std::string& text) {
                               return parse_lease(text)
                                          ? std::string{}
                                          : "must be a time from 100ms to 1d, as in 500ms, 30s, 2m";
                             },
                             "TIME"})
      ->default_str("30s");
}

void add_clock_options(CLI::App& command, serve_options& o) {
  command
      .add_option_function<std::string>(
          "--clock", [&o](std::string const& kind) { o.manual_clock = kind == "manual"; },
          "manual: time moves only by POST /clock/advance")
      ->envname("RETRYLAB_CLOCK")
      ->check(CLI::IsMember({"real", "manual"}))
      ->default_str("real");
  command
      .add_option_function<std::string>(
          "--clock-start", [&o](std::string const& text) { o.clock_start = parse_rfc3339(text); },
          "Where the manual clock begins, as in 2026-01-01T00:00:00Z; without it at the real time")
      ->envname("RETRYLAB_CLOCK_START")
      ->check(CLI::Validator{[](std::string& text) {
                               return parse_rfc3339(text)
                                          ? std::string{}
                                          : "must be a time as in 2026-01-01T00:00:00Z";
                             },
                             "TIME"});
}

void add_fork_options(CLI::App& command, serve_options& o) {
  auto* const fork =
      command
          .add_option("--fork", o.fork,
                      "Begin a new log as a copy of this export, with the clock stopped at its end")
          ->envname("RETRYLAB_FORK")
          ->type_name("FILE");
  command.add_option("--fork-at", o.fork_at, "The last event of the copy, or a time")
      ->envname("RETRYLAB_FORK_AT")
      ->check(a_moment)
      ->needs(fork);
  command
      .add_flag("--allow-outside", o.allow_outside,
                "Deliver webhooks and run commands in a fork; else the simulator runs those jobs")
      ->envname("RETRYLAB_ALLOW_OUTSIDE");
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_lease(std::string_view text) {
  using std::chrono::milliseconds;
  std::optional<milliseconds> time;
  if (text.ends_with("ms")) {
    std::string_view const digits = text.substr(0, text.size() - 2);
    std::int64_t count = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error == std::errc{} && end == digits.data() + digits.size()) time = milliseconds{count};
  } else if (auto const whole = parse_keep(text)) {
    time = *whole;
  }
  bool const fits = time && *time >= lease_min && *time <= lease_max;
  return fits ? time : std::nullopt;
}

std::optional<seconds> parse_keep(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t count = 0;
  char const* const unit = text.data() + text.size() - 1;
  auto const [end, error] = std::from_chars(text.data(), unit, count);
  if (error != std::errc{} || end != unit || count < 1 || count > keep_max.count())
    return std::nullopt;
  seconds one{};
  switch (*unit) {
    case 's':
      one = seconds{1};
      break;
    case 'm':
      one = std::chrono::minutes{1};
      break;
    case 'h':
      one = std::chrono::hours{1};
      break;
    case 'd':
      one = std::chrono::days{1};
      break;
    default:
      return std::nullopt;
  }
  return one * count <= keep_max ? std::optional{one * count} : std::nullopt;
}

void add_serve_options(CLI::App& command, serve_options& o) {
  command.add_option("--data", o.data, "Directory of the log and the views")
      ->envname("RETRYLAB_DATA")
      ->capture_default_str();
  command
      .add_option("--http", o.http,
                  "HOST:PORT of REST, WebSocket and dashboard; port 0 is any free one")
      ->envname("RETRYLAB_HTTP")
      ->capture_default_str();
  command
      .add_option(
          "--faktory", o.faktory,
          "HOST:PORT of the Faktory Work Protocol, or off; off in a fork unless it is given")
      ->envname("RETRYLAB_FAKTORY")
      ->default_str("127.0.0.1:7419");
  command
      .add_option("--faktory-password", o.faktory_password,
                  "That clients of the Faktory Work Protocol must know; better in the environment")
      ->envname("RETRYLAB_FAKTORY_PASSWORD");
  command.add_option("--simulate", o.simulate, "Run jobs without a handler in the simulator")
      ->envname("RETRYLAB_SIMULATE")
      ->check(CLI::IsMember({"on", "off"}))
      ->capture_default_str();
  command
      .add_option("--concurrency", o.concurrency,
                  "Attempts that run at the same time in the simulator")
      ->envname("RETRYLAB_CONCURRENCY")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  add_worker_options(command, o);
  command
      .add_option("--queue-max-length", o.queue_max_length,
                  "Jobs that wait in one queue; beyond it new ones are refused with 429")
      ->envname("RETRYLAB_QUEUE_MAX_LENGTH")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}))
      ->capture_default_str();
  command.add_option("--seed", o.seed, "Seed of jitter and of simulated outcomes")
      ->envname("RETRYLAB_SEED")
      ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()))
      ->default_str("0");
  add_keep_option(command, "succeeded", o.keep_succeeded);
  add_keep_option(command, "failed", o.keep_failed);
  add_keep_option(command, "cancelled", o.keep_cancelled);
  add_keep_option(command, "discarded", o.keep_discarded);
  add_clock_options(command, o);
  add_fork_options(command, o);
  command
      .add_flag("--lab", o.lab,
                "Let /lab/faults inject faults into what workers are told: for tests only")
      ->envname("RETRYLAB_LAB");
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
  command.add_option("--config", o.config, "TOML file with any of these as keys, and handlers")
      ->envname("RETRYLAB_CONFIG");
}

void apply_settings(CLI::App& command, config_file const& config) {
  for (config_setting const& s : config.settings) {
    CLI::Option* const option = command.get_option_no_throw("--" + s.key);
    if (!option) throw CLI::ConfigError::Extras(s.place + ": " + s.key);
    if (option->get_expected_max() == 0) {
      if (s.value == "true") option->add_result("true");
    } else {
      option->default_val(s.value);
    }
  }
}

void apply_config(CLI::App& command, serve_options& options, config_file const& config) {
  apply_settings(command, config);
  options.commands = config.commands;
  options.webhooks = config.webhooks;
  options.handlers = config.handlers;
}

std::string config_file_name(int argc, char** argv) {
  std::string_view const flag = "--config";
  for (int i = 1; i < argc; ++i) {
    std::string_view const argument = argv[i];
    if (argument == flag && i + 1 < argc) return argv[i + 1];
    if (argument.starts_with("--config=")) return std::string{argument.substr(flag.size() + 1)};
  }
  char const* const named = std::getenv("RETRYLAB_CONFIG");
  return named ? named : "";
}

}  // namespace retrylab
