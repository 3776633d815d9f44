// The real server: composes stores, threads, engine and HTTP, and brings them up and down in order.
//
// Up:   stores, view caught up, engine, recovery, ServerStarted on disk, sockets, ready line.
// Down: no new connections, attempts given back, log flushed, view caught up. Threads end last.

#include "actors/runtime/log_writer.hpp"
#include "actors/runtime/spawn.hpp"
#include "app/free_memory.hpp"
#include "app/real_clock.hpp"
#include "app/serve_options.hpp"
#include "app/storage.hpp"
#include "edge/clock_control.hpp"
#include "events/core/limits.hpp"
#include "events/core/time.hpp"
#include "events/json_writer.hpp"
#include "events/past/time_machine.hpp"
#include "faktory/faktory_server.hpp"
#include "http/http_server.hpp"
#include "lab/lab_runs.hpp"
#include "webhook/webhook_executor.hpp"

#include <boost/asio/signal_set.hpp>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <sysexits.h>
#include <unistd.h>

namespace retrylab {
namespace {

namespace asio = boost::asio;

constexpr std::size_t reader_threads = 2;
constexpr char const* faktory_default = "127.0.0.1:7419";

// A failed commit leaves the file in doubt: nothing may be acknowledged any more, and a restart
// sorts it out.
[[noreturn]] void stop_at_once(std::string const& what) {
  spdlog::critical("{}; the process ends so that nothing is acknowledged that may be lost", what);
  spdlog::shutdown();
  std::_Exit(EX_IOERR);
}

class server_process {
 public:
  server_process(serve_options const& options, storage stores, listen_address const& http,
                 std::optional<listen_address> const& faktory)
      : options_(options),
        stores_(std::move(stores)),
        address_(http),
        faktory_address_(faktory),
        clock_(make_clock()),
        projection_log_(stores_.open_everything()),
        projector_(
            *stores_.jobs, *projection_log_,
            [this](live_feed::step step) { publish(std::move(step)); },
            [](std::string const& why) { stop_at_once("the views cannot be written: " + why); }),
        projecting_(projector_),
        writer_(
            io_.get_executor(), *stores_.log,
            [this](std::vector<stored_event> events) { projecting_.push(std::move(events)); },
            [](std::string const& why) { stop_at_once("the log cannot be written: " + why); }),
        reads_(reader_threads, stores_.open_readers),
        engine_(ports(), engine_settings(), stores_.head),
        commands_(io_.get_executor(), *clock_, engine_.timers(), options_.commands),
        webhooks_(io_.get_executor(), *clock_, options_.webhooks),
        assets_(embedded_ui()),
        past_(stores_.open_everything(), stores_.snapshots),
        context_{engine_, assets_, stores_.jobs->history(), past_, lab_, clock_->now()},
        http_(io_, context_),
        faktory_context_{engine_, stores_.jobs->history(), clock_->now(), password(), 0, salt()},
        faktory_(io_, faktory_context_),
        signals_(io_, SIGTERM, SIGINT) {
    if (!contained()) {
      engine_.add({commands_, {options_.exec_concurrency, handler_kind::exec, "exec"}});
      engine_.add({webhooks_, {options_.webhook_concurrency, handler_kind::http, "http"}});
    }
    if (manual_) context_.clock = &clock_control_.emplace(*manual_, work_, engine_, stopwatch);
  }

  int run() {
    if (auto const why = http_.listen(address_)) return report(EX_UNAVAILABLE, *why);
    if (faktory_address_) {
      if (auto const why = faktory_.listen(*faktory_address_)) return report(EX_UNAVAILABLE, *why);
    }
    auto const unended = engine_.recover(*stores_.jobs, *stores_.log);
    if (!unended) return report(EX_DATAERR, unended.error().message);
    spdlog::info("log at event {}, {} jobs have not ended", stores_.head.last.value, *unended);
    if (stores_.origin) tell_origin(*stores_.origin);
    engine_.start([this](bool recorded) {
      recorded ? started() : stop_at_once("the start could not be recorded");
    });
    signals_.async_wait([this](boost::system::error_code ec, int signal) {
      if (!ec) stop(signal);
    });
    free_memory_.watch();
    io_.run();
    writer_.stop();
    projecting_.stop();
    reads_.stop();
    lab_.stop();
    spdlog::info("stopped");
    if (context_.open.size() > 0) leave_without_unwinding();
    return EX_OK;
  }

 private:
  std::unique_ptr<clock> make_clock() {
    bool const fork = stores_.origin.has_value();
    if (!options_.manual_clock.value_or(fork))
      return std::make_unique<real_clock>(io_, stores_.head.at);
    timestamp const begin = fork ? stores_.head.at : real_clock{io_, {}}.now();
    timestamp const start = options_.clock_start.value_or(begin);
    auto manual =
        std::make_unique<manual_clock>(io_.get_executor(), std::max(start, stores_.head.at));
    manual_ = manual.get();
    return manual;
  }

  engine_ports ports() {
    auto hurry = [this] { projecting_.hurry(); };
    if (manual_) return {io_.get_executor(), *clock_, watched_log_, watched_reads_, hurry};
    return {io_.get_executor(), *clock_, writer_, reads_, hurry};
  }

  // Whether nothing may reach outside of this process but answers.
  bool contained() const { return stores_.origin && !options_.allow_outside; }

  void tell_origin(forked const& origin) const {
    spdlog::info("a fork: events {} to {} of another log{}; the clock stands at {}",
                 origin.from.value, origin.last.value, origin.redacted ? ", redacted" : "",
                 to_rfc3339(clock_->now()));
    if (contained())
      spdlog::info("webhooks and commands are simulated; --allow-outside would let them out");
  }

  engine_options engine_settings() const {
    engine_options settings;
    settings.seed = options_.seed.value_or(stores_.origin ? stores_.seed : 0);
    settings.epoch = stores_.log->epoch();
    settings.dispatch.concurrency = options_.concurrency;
    settings.lease = options_.lease;
    settings.lab = options_.lab;
    settings.connected_is_alive = manual_ != nullptr;
    settings.queue_max_length = options_.queue_max_length;
    settings.retention = {keep_times(), stores_.archive};
    settings.handlers = options_.handlers;
    settings.handlers.simulate = options_.simulate == "on";
    settings.handlers.contained = contained();
    return settings;
  }

  std::map<job_status, microseconds> keep_times() const {
    std::map<job_status, microseconds> keep;
    if (auto const time = options_.keep_succeeded) keep[job_status::succeeded] = *time;
    if (auto const time = options_.keep_failed) keep[job_status::failed] = *time;
    if (auto const time = options_.keep_cancelled) keep[job_status::cancelled] = *time;
    if (auto const time = options_.keep_discarded) keep[job_status::discarded] = *time;
    return keep;
  }

  static std::string shown(listen_address const& address, std::uint16_t port) {
    bool const six = address.host.find(':') != std::string::npos;
    return (six ? "[" + address.host + "]" : address.host) + ":" + std::to_string(port);
  }

  std::optional<std::string> password() const {
    return options_.faktory_password.empty() ? std::nullopt
                                             : std::optional{options_.faktory_password};
  }

  // The only use of chance: onlookers must not know the next salt.
  static std::uint64_t salt() {
    std::random_device source;
    return std::uint64_t{source()} << 32 | source();
  }

  static microseconds stopwatch() {
    return std::chrono::duration_cast<microseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
  }

  static int report(int code, std::string const& why) {
    spdlog::error("{}", why);
    return code;
  }

  // Sessions that would not end in time still refer to what is about to go. All that matters is on
  // disk.
  [[noreturn]] static void leave_without_unwinding() {
    spdlog::warn("some connections did not end in time");
    spdlog::shutdown();
    std::_Exit(EX_OK);
  }

  void publish(live_feed::step step) {
    asio::post(
        io_, [this, step = std::move(step)]() mutable { engine_.feed().publish(std::move(step)); });
  }

  void started() {
    http_.start();
    if (faktory_address_) faktory_.start();
    context_.ready = true;
    std::string const http = shown(address_, context_.port);
    std::string line;
    json_writer w{line};
    w.boolean("ready", true)
        .string("http", http)
        .string("faktory",
                faktory_address_ ? shown(*faktory_address_, faktory_context_.port) : "off")
        .number("pid", ::getpid());
    w.string("data", options_.ephemeral ? "memory" : options_.data.string()).close();
    std::puts(line.c_str());
    std::fflush(stdout);
    spdlog::info("dashboard: http://{}/ui/", http);
  }

  // A second signal does not wait.
  void stop(int signal) {
    spdlog::info("signal {}: stopping", signal);
    signals_.async_wait([](boost::system::error_code ec, int) {
      if (!ec) std::_Exit(EX_SOFTWARE);
    });
    lab_.wind_up();
    faktory_.stop();
    auto const attempts_given_back = [this] { http_.stop([this] { io_.stop(); }); };
    engine_.stop(attempts_given_back);
  }

  serve_options const& options_;
  storage stores_;
  listen_address address_;
  std::optional<listen_address> faktory_address_;
  asio::io_context io_{1};
  manual_clock* manual_ = nullptr;
  std::unique_ptr<clock> clock_;
  std::shared_ptr<event_reader> projection_log_;
  projector projector_;
  projector_thread projecting_;
  log_writer writer_;
  thread_read_pool reads_;
  work_under_way work_{io_.get_executor()};
  watched_log watched_log_{writer_, work_};
  watched_reads watched_reads_{reads_, work_};
  engine engine_;
  std::optional<clock_control> clock_control_;
  command_executor commands_;
  webhook_executor webhooks_;
  ui_assets assets_;
  time_machine past_;
  lab_runs lab_{{[] { return stopwatch(); }}};
  server_context context_;
  http_server http_;
  faktory_context faktory_context_;
  faktory_server faktory_;
  asio::signal_set signals_;
  free_memory free_memory_{io_};
};

}  // namespace

int serve(serve_options const& options) {
  auto const address = parse_listen_address(options.http);
  if (!address) {
    spdlog::error("--http: {}", address.error());
    return EX_USAGE;
  }
  if (!options.fork.empty() && options.clock_start) {
    spdlog::error("--clock-start: not with --fork, whose clock begins where the copy ends");
    return EX_USAGE;
  }
  std::optional<listen_address> faktory;
  if (!options.faktory.empty() && options.faktory != "off") {
    auto const parsed = parse_listen_address(options.faktory);
    if (!parsed) {
      spdlog::error("--faktory: {}", parsed.error());
      return EX_USAGE;
    }
    faktory = *parsed;
  }
  auto stores = open_storage(options);
  if (!stores) {
    spdlog::error("{}", stores.error().message);
    return stores.error().exit_code;
  }
  if (options.clock_start && !options.manual_clock.value_or(stores->origin.has_value())) {
    spdlog::error("--clock-start: only with --clock manual");
    return EX_USAGE;
  }
  // A worker that happens to look for a server here must not run another one's jobs.
  if (options.faktory.empty() && !stores->origin) faktory = *parse_listen_address(faktory_default);
  return server_process{options, std::move(*stores), *address, faktory}.run();
}

}  // namespace retrylab
