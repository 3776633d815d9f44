// retrylab: the command line. One subcommand each; what they do is in the file of their name.

#include "app/bench_command.hpp"
#include "app/export_command.hpp"
#include "app/lab_command.hpp"
#include "app/replay_command.hpp"
#include "app/serve_options.hpp"
#include "app/verify.hpp"
#include "app/worker_command.hpp"
#include "events/store/sqlite.hpp"

#include <CLI/CLI.hpp>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <sysexits.h>
#include <unistd.h>

namespace {

void log_to_stderr(std::string const& level) {
  auto log = spdlog::stderr_color_mt("retrylab");
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v", spdlog::pattern_time_type::utc);
  log->set_level(spdlog::level::from_str(level));
  spdlog::set_default_logger(std::move(log));
}

std::string environment(char const* name) {
  char const* const value = std::getenv(name);
  return value ? value : "";
}

int version() {
  std::printf("retrylab %s (SQLite %s)\n", RETRYLAB_VERSION, retrylab::sqlite_version());
  return EX_OK;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app{"RetryLab: the job server you can test, rewind and trust", "retrylab"};
  app.require_subcommand(1);
  retrylab::serve_options options;
  CLI::App* const serve = app.add_subcommand("serve", "Run the server");
  add_serve_options(*serve, options);
  retrylab::worker_flags worker_flags;
  CLI::App* const worker = app.add_subcommand("worker", "Run jobs of a server in this process");
  add_worker_flags(*worker, worker_flags);
  bool const is_worker = argc > 1 && std::string_view{argv[1]} == "worker";
  if (is_worker) worker_flags.exec = retrylab::take_exec(argc, argv);
  std::string verify_data = "retrylab-data";
  CLI::App* const verify =
      app.add_subcommand("verify", "Check a log, event by event, while no server runs on it");
  verify->add_option("--data", verify_data, "Directory of the log")
      ->envname("RETRYLAB_DATA")
      ->capture_default_str();
  retrylab::export_flags export_flags;
  CLI::App* const export_events =
      app.add_subcommand("export", "Print the events of a log and its archive as lines of JSON");
  add_export_flags(*export_events, export_flags);
  retrylab::replay_flags replay_flags;
  CLI::App* const replay = app.add_subcommand("replay", "Show what happened, event by event");
  add_replay_flags(*replay, replay_flags);
  retrylab::lab_flags lab_flags;
  CLI::App* const lab =
      app.add_subcommand("lab", "Run scenarios in virtual time: days of retries in seconds");
  add_lab_flags(*lab, lab_flags);
  retrylab::bench_flags bench_flags;
  CLI::App* const bench = app.add_subcommand("bench", "Put load on a server and measure it");
  add_bench_flags(*bench, bench_flags);
  CLI::App* const show_version = app.add_subcommand("version", "Print the version");
  app.add_subcommand("help", "Print this list");
  try {
    std::string const name = retrylab::config_file_name(argc, argv);
    if (!name.empty()) {
      auto const config = retrylab::read_config_file(name, environment);
      if (!config) throw CLI::FileError{config.error()};
      if (is_worker) {
        retrylab::apply_settings(*worker, *config);
        worker_flags.handlers = *config;
      } else {
        retrylab::apply_config(*serve, options, *config);
      }
    }
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return app.exit(error) == 0 ? EX_OK : EX_USAGE;
  }
  log_to_stderr(*worker ? worker_flags.log_level : options.log_level);
  if (*serve) return retrylab::serve(options);
  if (*worker) return retrylab::worker_command(worker_flags);
  if (*verify) return retrylab::verify(verify_data);
  if (*export_events) return retrylab::export_command(export_flags);
  if (*replay) return retrylab::replay_command(replay_flags);
  if (*lab) return retrylab::lab_command(lab_flags);
  if (*bench) return retrylab::bench_command(bench_flags);
  if (*show_version) return version();
  std::fputs(app.get_formatter()->make_help(&app, "retrylab", CLI::AppFormatMode::Normal).c_str(),
             stdout);
  return EX_OK;
}
