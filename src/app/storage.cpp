#include "app/storage.hpp"

#include "actors/projector.hpp"
#include "actors/runtime/read_ahead.hpp"
#include "app/fork.hpp"
#include "events/store/archive_segments.hpp"
#include "events/store/memory_event_store.hpp"
#include "events/store/merged_log.hpp"
#include "events/store/sqlite_event_store.hpp"
#include "events/views/memory_job_view.hpp"
#include "events/views/sqlite_job_view.hpp"

#include <spdlog/spdlog.h>

#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <sysexits.h>
#include <unistd.h>

namespace retrylab {
namespace {

startup_error refused(store_failure const& failure) { return {EX_DATAERR, failure.message}; }

storage in_memory(std::uint64_t epoch) {
  storage s;
  auto const log = std::make_shared<memory_event_store>(epoch);
  auto const jobs = std::make_shared<memory_job_view>();
  s.open_readers = [log, jobs] { return readers{log, jobs}; };
  s.open_everything = [log] { return std::shared_ptr<event_reader>{log}; };
  s.log = log;
  s.jobs = jobs;
  return s;
}

std::optional<startup_error> prepare(std::filesystem::path const& directory) {
  std::error_code ec;
  std::filesystem::create_directories(directory, ec);
  if (ec) return startup_error{EX_CANTCREAT, directory.string() + ": " + ec.message()};
  std::filesystem::permissions(directory, std::filesystem::perms::owner_all, ec);
  return std::nullopt;
}

// The archive that goes with the log, without what a crash left in it.
result<std::shared_ptr<event_archive>, store_failure> open_archive(
    std::filesystem::path const& directory, event_reader& log) {
  stream_version version = 0;
  auto const purges = read_purges(log, version);
  if (!purges) return purges.error();
  auto archive = std::make_shared<segment_directory>(directory);
  if (auto failure = archive->tidy_up(purges->size())) return *failure;
  return std::shared_ptr<event_archive>{std::move(archive)};
}

// A view that is ahead of the log belongs to another one: it is folded anew.
result<std::unique_ptr<sqlite_job_view>, store_failure> open_view(std::filesystem::path const& file,
                                                                  seq head) {
  auto view = sqlite_job_view::open(file);
  if (!view) return view;
  auto const at = (*view)->checkpoint();
  if (at && *at <= head) return view;
  view->reset();
  for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
  return sqlite_job_view::open(file);
}

// Stands in a directory while a copy is made there: a log that is half of one must not be opened.
std::filesystem::path copying(serve_options const& options) { return options.data / "forking"; }

std::optional<startup_error> begin_copy(serve_options const& options) {
  if (std::filesystem::exists(options.data / "log.db"))
    return startup_error{EX_USAGE, "--fork: " + options.data.string() +
                                       " has a log already; without --fork it goes on, and a new "
                                       "fork needs another --data, or --ephemeral"};
  if (auto error = prepare(options.data)) return error;
  if (!std::ofstream{copying(options)})
    return startup_error{EX_CANTCREAT, copying(options).string() + " cannot be written"};
  return std::nullopt;
}

result<storage, startup_error> on_disk(serve_options const& options, std::uint64_t epoch) {
  bool const forks = !options.fork.empty();
  if (auto error = forks ? begin_copy(options) : prepare(options.data)) return *error;
  if (!forks && std::filesystem::exists(copying(options)))
    return startup_error{EX_DATAERR, options.data.string() +
                                         " is half a fork: making it was interrupted; remove the "
                                         "directory and fork again"};
  storage s;
  s.lock = std::make_unique<directory_lock>(options.data);
  if (!s.lock->held())
    return startup_error{EX_TEMPFAIL, options.data.string() + " is in use by another retrylab"};
  auto const log_file = options.data / "log.db";
  auto const view_file = options.data / "views.db";
  auto log = sqlite_event_store::open(log_file, {options.synchronous, options.accept_loss, epoch});
  if (!log) return refused(log.error());
  s.log = std::move(*log);
  auto const head = s.log->head();
  if (!head) return refused(head.error());
  auto view = open_view(view_file, head->last);
  if (!view) return refused(view.error());
  s.jobs = std::move(*view);
  auto archive = open_archive(options.data / "archive", *s.log);
  if (!archive) return refused(archive.error());
  s.archive = std::move(*archive);
  s.snapshots = options.data / "snapshots";
  s.open_everything = [log_file, directory = options.data / "archive"] {
    return std::make_shared<merged_log>(
        std::make_shared<sqlite_event_reader>(log_file), directory, [](std::string const& problem) {
          spdlog::warn("{}; the history is built without its events", problem);
        });
  };
  s.open_readers = [log_file, view_file] {
    return readers{std::make_shared<sqlite_event_reader>(log_file),
                   std::make_shared<sqlite_job_reader>(view_file)};
  };
  return s;
}

}  // namespace

directory_lock::directory_lock(std::filesystem::path const& directory)
    : fd_(::open((directory / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)),
      held_(fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) == 0) {}

directory_lock::~directory_lock() {
  if (fd_ >= 0) ::close(fd_);
}

result<storage, startup_error> open_storage(serve_options const& options) {
  std::uint64_t epoch = 1;
  bool const forks = !options.fork.empty();
  export_contents exported;
  if (forks) {
    auto checked = check_export(options.fork);
    if (!checked) return startup_error{EX_NOINPUT, "--fork: " + checked.error().message};
    exported = std::move(*checked);
    epoch = exported.head.epoch + 1;
    if (!exported.checked)
      spdlog::warn("{} has no last line, as earlier versions wrote none: its end cannot be checked",
                   options.fork);
  }
  result<storage, startup_error> opened =
      options.ephemeral ? in_memory(epoch) : on_disk(options, epoch);
  if (!opened) return opened;
  if (forks) {
    auto const origin = copy_export(options.fork, exported, options.fork_at, *opened->log);
    if (!origin) return startup_error{EX_DATAERR, origin.error().message};
  }
  std::string failure;
  auto const everything = opened->open_everything();
  read_ahead ahead{*everything};
  projector catching_up{*opened->jobs, ahead, [](std::shared_ptr<projected const> const&) {},
                        [&](std::string const& why) { failure = why; }};
  if (!catching_up.catch_up()) return startup_error{EX_DATAERR, failure};
  auto const head = opened->log->head();
  if (!head) return refused(head.error());
  opened->head = *head;
  auto system = read_system(*opened->log);
  if (!system) return refused(system.error());
  opened->origin = std::move(system->origin);
  opened->seed = system->seed;
  std::error_code ec;
  if (forks && !options.ephemeral) std::filesystem::remove(copying(options), ec);
  return opened;
}

}  // namespace retrylab
