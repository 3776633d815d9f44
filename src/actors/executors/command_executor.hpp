#pragma once
// Runs attempts as programs on this machine (docs/handlers.md). What to run is configured for a
// type of job; nothing of a job ever becomes part of a command line. The payload comes on standard
// input, who asks in the environment; the exit code is the outcome:
//
//   0                      succeeded, with what was printed as the result
//   64 EX_USAGE, 65 EX_DATAERR   failed for good
//   any other, a signal    failed, and tried again as the job's policy says (75 EX_TEMPFAIL)
//
// An attempt that is cancelled, out of time or given back gets SIGTERM, and SIGKILL after
// limits::command_grace, with its whole process group. Io thread only.

#include "actors/executor.hpp"
#include "actors/executors/child_process.hpp"
#include "actors/runtime/deadlines.hpp"

#include <map>

namespace retrylab {

struct command_handler {
  std::vector<std::string> command;
  std::string directory{};
  std::map<std::string, std::string> environment{};
  bool operator==(command_handler const&) const = default;
};
using command_handlers = std::map<std::string, command_handler, std::less<>>;  // by type of job

class command_executor final : public executor {
 public:
  command_executor(boost::asio::any_io_executor io, clock& time, deadlines& timers,
                   command_handlers handlers);
  void start(attempt_work work, callback<attempt_outcome> done) override;
  void cancel(seq fence) override;
  void forget(seq fence) override;

 private:
  struct attempt {
    std::unique_ptr<child_process> child{};
    callback<attempt_outcome> done;
    bool cancelled = false;
    bool forgotten = false;
  };
  void ended(std::uint64_t fence, child_end end);
  void stop(std::uint64_t fence);
  void kill(std::uint64_t fence);

  boost::asio::any_io_executor io_;
  clock& clock_;
  deadlines& timers_;
  command_handlers handlers_;
  deadline_kind kill_;
  std::map<std::uint64_t, attempt> running_;  // by fence
};

// What an end means. Pure.
[[nodiscard]] attempt_outcome outcome_of(child_end const& end);

}  // namespace retrylab
