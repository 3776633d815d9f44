// make_log: a data directory with many jobs, for measuring starts, lists and memory at size.
//
//   build/release/make_log --data DIR --jobs 10000000
//   build/release/retrylab serve --data DIR --simulate off
//
// The jobs depend on the seed alone; the times lie in the 20 days before --until. The views are
// built by the server when it starts.

#include "events/store/sqlite_event_store.hpp"
#include "make_log/log_maker.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <sysexits.h>
#include <unistd.h>

namespace {

using namespace retrylab;

timestamp today() {
  return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

int fail(int code, std::string const& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return code;
}

int make(std::filesystem::path const& data, make_log::maker_options const& options) {
  std::filesystem::create_directories(data);
  std::filesystem::permissions(data, std::filesystem::perms::owner_all);
  if (std::filesystem::exists(data / "log.db"))
    return fail(EX_CANTCREAT, (data / "log.db").string() + " is there already");
  auto log = sqlite_event_store::open(data / "log.db");
  if (!log) return fail(EX_IOERR, log.error().message);
  bool const shows_progress = ::isatty(STDERR_FILENO) == 1;
  std::uint64_t events = 0;
  auto const began = std::chrono::steady_clock::now();
  make_log::log_maker maker{**log, options};
  auto const error = maker.run([&](std::uint64_t jobs, std::uint64_t so_far) {
    events = so_far;
    if (shows_progress)
      std::fprintf(stderr, "\r%.1f %% ",
                   100.0 * static_cast<double>(jobs) / static_cast<double>(options.jobs));
  });
  if (error) return fail(EX_IOERR, *error);
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
  if (shows_progress) std::fputs("\r\x1b[K", stderr);
  std::printf(
      "{\"jobs\":%llu,\"events\":%llu,\"seconds\":%.1f,\"events_per_s\":%.0f,\"bytes\":%llu}\n",
      static_cast<unsigned long long>(options.jobs), static_cast<unsigned long long>(events),
      took.count(), static_cast<double>(events) / took.count(),
      static_cast<unsigned long long>(std::filesystem::file_size(data / "log.db")));
  return EX_OK;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Writes a log with many jobs", "make_log"};
  std::filesystem::path data;
  make_log::maker_options options;
  options.jobs = 10'000'000;
  std::string until;
  app.add_option("--data", data, "Directory to be made; it may hold no log")->required();
  app.add_option("--jobs", options.jobs, "How many")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of everything but the dates")->capture_default_str();
  app.add_option("--until", until, "RFC 3339; the log ends before (default: today, 00:00 UTC)");
  CLI11_PARSE(app, argc, argv);
  options.until = today();
  if (!until.empty()) {
    auto const given = parse_rfc3339(until);
    if (!given) return fail(EX_USAGE, "--until: \"" + until + "\" is not RFC 3339");
    options.until = *given;
  }
  return make(data, options);
}
