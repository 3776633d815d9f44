#include "app/lab_files.hpp"

#include "app/replay.hpp"
#include "events/core/limits.hpp"
#include "events/store/sqlite_event_store.hpp"
#include "lab/scenario_values.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sysexits.h>
#include <unistd.h>

namespace retrylab {
namespace {

constexpr auto interval = std::chrono::milliseconds{100};
constexpr int bar_cells = 24;

volatile std::sig_atomic_t interrupted = 0;

void note_interrupt(int) { interrupted = 1; }

}  // namespace

result<std::string, lab_failure> read_lab_file(std::string const& name) {
  std::ifstream file{name, std::ios::binary};
  std::string text(limits::lab_file_bytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  auto const size = static_cast<std::size_t>(file.gcount());
  if (!file.is_open() || file.bad() || (size == 0 && !file.eof()))
    return lab_failure{EX_NOINPUT, name + ": cannot be read"};
  if (size > limits::lab_file_bytes)
    return lab_failure{EX_DATAERR,
                       fmt::format("{}: is larger than {} bytes", name, limits::lab_file_bytes)};
  text.resize(size);
  return text;
}

result<scenario, lab_failure> load_scenario(std::string const& name) {
  auto const text = read_lab_file(name);
  if (!text) return text.error();
  auto read = read_scenario(*text);
  if (read) return std::move(*read);
  std::string why;
  for (scenario_error const& e : read.error()) why += (why.empty() ? "" : "\n") + describe(e, name);
  return lab_failure{EX_DATAERR, why};
}

result<recorded_history, lab_failure> load_history(std::string const& data, std::string const& from,
                                                   std::string const& to) {
  std::filesystem::path const folder{data};
  auto const log = guarded<std::shared_ptr<merged_log>>([&] {
    return std::make_shared<merged_log>(std::make_shared<sqlite_event_reader>(folder / "log.db"),
                                        folder / "archive");
  });
  if (!log) return lab_failure{EX_NOINPUT, log.error().message};
  stretch_reader history{{parse_rfc3339(from), parse_rfc3339(to)}};
  std::optional<std::string> wrong;
  auto const failure = each_event(**log, seq{INT64_MAX}, [&](stored_event const& e) {
    wrong = history.see(e);
    return !wrong;
  });
  if (failure) return lab_failure{EX_IOERR, failure->message};
  if (wrong) return lab_failure{EX_DATAERR, data + ": " + *wrong};
  recorded_history found = history.finish();
  if (found.jobs == 0) return lab_failure{EX_DATAERR, data + ": no job came in that time"};
  return found;
}

std::optional<lab_failure> write_lab_file(std::string const& name, std::string const& text) {
  std::ofstream file{name, std::ios::binary};
  file << text;
  file.close();
  if (file) return std::nullopt;
  return lab_failure{EX_CANTCREAT, name + ": cannot be written"};
}

progress_bar::progress_bar(std::string title)
    : title_(std::move(title)), on_(isatty(STDERR_FILENO) == 1) {
  interrupted = 0;
  std::signal(SIGINT, note_interrupt);
}

progress_bar::~progress_bar() {
  std::signal(SIGINT, SIG_DFL);
  if (shown_) std::fputs("\r\033[K", stderr);
}

bool progress_bar::show(stage_progress const& p) {
  if (interrupted != 0) return false;
  auto const now = std::chrono::steady_clock::now();
  if (!on_ || now - last_ < interval) return true;
  last_ = now;
  shown_ = true;
  auto const filled = static_cast<std::size_t>(bar_cells * p.now.count() / p.duration.count());
  std::string const bar = std::string(filled, '#') + std::string(bar_cells - filled, '.');
  fmt::print(stderr, "\r\033[K{} [{}] {} of {}  {} events  {} of {} jobs ended", title_, bar,
             print_time(p.now), print_time(p.duration), print_count(p.events), print_count(p.ended),
             print_count(p.jobs));
  std::fflush(stderr);
  return true;
}

}  // namespace retrylab
