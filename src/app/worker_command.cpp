#include "app/worker_command.hpp"

#include "actors/executors/find_handler.hpp"
#include "app/real_clock.hpp"
#include "app/serve_options.hpp"
#include "events/core/limits.hpp"
#include "webhook/webhook_signature.hpp"
#include "worker/worker.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/ip/host_name.hpp>
#include <boost/asio/signal_set.hpp>
#include <spdlog/spdlog.h>

#include <csignal>
#include <random>
#include <sysexits.h>
#include <unistd.h>

namespace retrylab {
namespace {

namespace asio = boost::asio;

CLI::Validator time_validator() {
  return {[](std::string& text) {
            return parse_lease(text) ? std::string{}
                                     : "must be a time from 100ms to 1d, as in 500ms, 30s, 2m";
          },
          "TIME"};
}

// Two workers of one name would answer for each other's jobs.
std::string unique_name(std::string const& host) {
  std::random_device source;
  return host + '-' + std::to_string(::getpid()) + '-' + std::to_string(source() % 1'000'000);
}

// What the shell gave us, but nothing of ours: the password may be among it.
std::map<std::string, std::string> own_environment() {
  std::map<std::string, std::string> out;
  for (char** entry = ::environ; *entry; ++entry) {
    std::string_view const text = *entry;
    std::size_t const equals = text.find('=');
    if (equals == std::string_view::npos || text.starts_with("RETRYLAB_")) continue;
    out.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return out;
}

using wrong = std::optional<std::string>;

wrong add_default_webhook(worker_flags const& flags, webhook_handlers& handlers) {
  webhook_handler handler;
  auto target = parse_webhook_url(flags.http);
  if (!target) return "--http " + target.error();
  handler.target = std::move(*target);
  if (!flags.webhook_secret.empty()) {
    auto secret = parse_webhook_secret(flags.webhook_secret);
    if (!secret) return "--webhook-secret " + secret.error();
    handler.secret = std::move(*secret);
  }
  auto trust = webhook_trust({});
  if (!trust) return "--http " + trust.error();
  handler.trust = std::move(*trust);
  handler.private_network = flags.private_network;
  handler.keep_body = true;
  handlers.emplace(any_type, std::move(handler));
  return std::nullopt;
}

wrong add_handlers(worker_flags const& flags, worker_setting& setting) {
  setting.commands = flags.handlers.commands;
  setting.webhooks = flags.handlers.webhooks;
  if (!flags.exec.empty() && !flags.http.empty()) return "--exec and --http exclude each other";
  if (!flags.exec.empty())
    setting.commands.emplace(any_type, command_handler{flags.exec, {}, own_environment()});
  if (!flags.http.empty()) {
    if (auto why = add_default_webhook(flags, setting.webhooks)) return why;
  }
  if (!setting.commands.empty() || !setting.webhooks.empty()) return std::nullopt;
  return "nothing to run: give --exec COMMAND, --http URL, or handlers in a file (--config)";
}

wrong read_setting(worker_flags const& flags, worker_setting& setting) {
  auto server = parse_server_url(flags.server);
  if (!server) return "--server " + server.error();
  setting.server = std::move(*server);
  if (!flags.password.empty()) setting.server.password = flags.password;
  setting.who.hostname = asio::ip::host_name();
  setting.who.wid = flags.name.empty() ? unique_name(setting.who.hostname) : flags.name;
  setting.who.pid = ::getpid();
  setting.who.labels = flags.labels;
  setting.queues = flags.queues;
  setting.slots = flags.concurrency;
  setting.beat = *parse_lease(flags.beat);
  setting.grace = *parse_lease(flags.grace);
  return add_handlers(flags, setting);
}

// SIGTSTP: no further job; SIGTERM or SIGINT: the same, and the end. A second one does not wait.
void listen(asio::signal_set& signals, worker& w, bool& ending) {
  signals.async_wait([&](boost::system::error_code ec, int signal) {
    if (ec) return;
    if (signal == SIGTSTP) {
      w.quiet();
    } else if (std::exchange(ending, true)) {
      std::_Exit(EX_TEMPFAIL);
    } else {
      w.terminate();
    }
    listen(signals, w, ending);
  });
}

}  // namespace

void add_worker_flags(CLI::App& command, worker_flags& f) {
  command.add_option("--server", f.server, "tcp://[:PASSWORD@]HOST[:PORT]")
      ->envname("RETRYLAB_SERVER")
      ->capture_default_str();
  command.add_option("--faktory-password", f.password, "Better in the environment")
      ->envname("RETRYLAB_FAKTORY_PASSWORD");
  command.add_option("--queues", f.queues, "The first that has a job gives it; a,b,c")
      ->envname("RETRYLAB_QUEUES")
      ->delimiter(',')
      ->capture_default_str();
  command.add_option("--concurrency", f.concurrency, "Jobs that run at the same time")
      ->envname("RETRYLAB_CONCURRENCY")
      ->check(CLI::Range(std::size_t{1}, limits::worker_slots))
      ->capture_default_str();
  command.add_option("--name", f.name, "Of this worker, if no other has it")
      ->envname("RETRYLAB_NAME");
  command.add_option("--labels", f.labels, "That the dashboard shows; a,b,c")
      ->envname("RETRYLAB_LABELS")
      ->delimiter(',')
      ->capture_default_str();
  command.add_option("--beat", f.beat, "Time between two signs of life")
      ->envname("RETRYLAB_BEAT")
      ->check(time_validator())
      ->default_val("5s");
  command.add_option("--grace", f.grace, "Time that running jobs get to end at SIGTERM")
      ->envname("RETRYLAB_GRACE")
      ->check(time_validator())
      ->default_val("25s");
  command.add_option("--http", f.http, "URL that gets each job, as a webhook does")
      ->envname("RETRYLAB_WEBHOOK");
  command.add_option("--webhook-secret", f.webhook_secret, "whsec_…: requests are signed with it")
      ->envname("RETRYLAB_WEBHOOK_SECRET");
  command
      .add_flag("--private-network", f.private_network,
                "Let --http lead to loopback and other addresses that are not public")
      ->envname("RETRYLAB_PRIVATE_NETWORK");
  command.add_option("--log-level", f.log_level, "Of the messages on standard error")
      ->envname("RETRYLAB_LOG_LEVEL")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  command.add_option("--config", f.config, "TOML file with any of these as keys, and handlers")
      ->envname("RETRYLAB_CONFIG");
  command.footer(
      "--exec COMMAND ARGUMENT…  comes last: runs for each job, with the payload on standard "
      "input");
}

std::vector<std::string> take_exec(int& argc, char** argv) {
  for (int i = 2; i < argc; ++i) {
    if (std::string_view{argv[i]} != "--exec") continue;
    std::vector<std::string> command{argv + i + 1, argv + argc};
    argc = i;
    return command;
  }
  return {};
}

int worker_command(worker_flags const& flags) {
  worker_setting setting;
  if (auto const why = read_setting(flags, setting)) {
    spdlog::error("{}", *why);
    return EX_USAGE;
  }
  asio::io_context io{1};
  real_clock clock{io, {}};
  int code = EX_OK;
  worker w{io.get_executor(), clock, std::move(setting), [&](int ended) {
             code = ended;
             io.stop();
           }};
  asio::signal_set signals{io, SIGTERM, SIGINT, SIGTSTP};
  bool ending = false;
  listen(signals, w, ending);
  w.start();
  io.run();
  return code;
}

}  // namespace retrylab
