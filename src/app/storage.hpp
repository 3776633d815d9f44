#pragma once
// The stores that the options ask for, on disk or in memory, with the view caught up with the log.
// With --fork they begin as a copy of an export; only in a directory that has no log.

#include "actors/runtime/read_pool.hpp"
#include "app/serve_options.hpp"
#include "events/archive.hpp"
#include "events/core/system_events.hpp"
#include "events/event_store.hpp"
#include "events/view.hpp"

#include <functional>
#include <memory>

namespace retrylab {

class directory_lock {
 public:
  // Whether it was got is what held() says: another process may have the directory.
  explicit directory_lock(std::filesystem::path const& directory);
  ~directory_lock();
  directory_lock(directory_lock const&) = delete;
  directory_lock& operator=(directory_lock const&) = delete;
  [[nodiscard]] bool held() const { return held_; }

 private:
  int fd_;
  bool held_;
};

struct storage {
  std::unique_ptr<directory_lock> lock;
  std::shared_ptr<event_store> log;
  std::shared_ptr<job_view> jobs;
  std::function<readers()> open_readers;  // for one more thread
  // Log and archive as one, for one more thread: what views are built from.
  std::function<std::shared_ptr<event_reader>()> open_everything;
  std::filesystem::path snapshots;  // of the past; empty: none are kept
  std::shared_ptr<event_archive> archive = std::make_shared<no_archive>();
  log_head head;
  std::optional<forked> origin{};  // of a log that began as a copy
  std::uint64_t seed = 0;          // of its newest start
};

// A start that cannot go on, with the exit code that says why.
struct startup_error {
  int exit_code;
  std::string message;
};

[[nodiscard]] result<storage, startup_error> open_storage(serve_options const& options);

}  // namespace retrylab
