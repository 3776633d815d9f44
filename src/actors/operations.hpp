#pragma once
// Bulk operations: one wish for many jobs, named by their ids or by a filter, carried out job by
// job in the background. Each job decides for itself, as if it had been asked alone.
//
// A filter is walked by id, newest first, from the newest job at the start: jobs created later are
// not touched, and none is asked twice. At most limits::operation_asks commands of an operation are
// on their way; the other bounds are there too. An operation is not an event: a restart forgets it,
// while what it did is in the log of each job. Io thread only.

#include "actors/job_actors.hpp"
#include "actors/runtime/deadlines.hpp"

#include <map>
#include <memory>

namespace retrylab {

enum class operation_state : unsigned char { running, finished, stopped, failed };
[[nodiscard]] std::string_view to_string(operation_state state);

struct operation_request {
  std::string action;  // as the client calls it
  job_command wish;
  std::variant<std::vector<job_id>, job_query> jobs;  // each id once
  std::optional<std::uint32_t> rate{};                // jobs a second; none: as fast as it goes
  std::function<bool(job_state const&)> only{};       // of those the filter finds; none: each
  std::function<void()> ended{};                      // called once it has
};

// A job that did not change, and why.
struct operation_refusal {
  job_id job;
  ask_error why;
};

struct operation {
  std::uint64_t id = 0;
  operation_request request;
  operation_state state = operation_state::running;
  std::int64_t total = 0;  // jobs to be asked, as counted at the start
  bool estimated = false;  // whether `total` is
  std::int64_t changed = 0;
  std::int64_t refused = 0;
  std::vector<operation_refusal> refusals{};  // the first limits::operation_refusals
  std::string error{};                        // of one that failed
  timestamp created_at{};
  std::optional<timestamp> finished_at{};
};

class operations {
 public:
  operations(boost::asio::any_io_executor io, clock& time, deadlines& timers, read_pool& reads,
             job_actors& jobs);
  operations(operations const&) = delete;
  operations& operator=(operations const&) = delete;

  // Begins at once. Nothing when limits::operations_running are under way.
  [[nodiscard]] operation const* start(operation_request request);
  // No further job is asked. Nothing when it does not exist or has ended.
  [[nodiscard]] operation const* stop(std::uint64_t id);
  [[nodiscard]] operation const* find(std::uint64_t id) const;
  // Newest first: those that run, and the last limits::operations_kept.
  [[nodiscard]] std::vector<operation const*> all() const;

 private:
  struct run {
    operation shown;
    std::vector<job_id> waiting{};     // the next one is the last
    std::optional<job_query> pages{};  // where the walk goes on; none: all is in `waiting`
    bool counted = false;
    bool reading = false;
    bool resting = false;  // until a deadline
    std::size_t in_flight = 0;
    std::int64_t asked = 0;
  };
  void step(run& r);
  void ask(run& r, job_id job);
  void answered(run& r, job_id job, ask_answer const& answer);
  void read_page(run& r);
  void take_page(run& r, job_page page);
  [[nodiscard]] bool may_ask(run& r);
  void rest(run& r, timestamp until);
  void end(run& r, operation_state how);
  void forget_old();

  boost::asio::any_io_executor io_;
  clock& clock_;
  deadlines& timers_;
  read_pool& reads_;
  job_actors& jobs_;
  deadline_kind step_;
  std::uint64_t last_id_ = 0;
  std::size_t running_ = 0;
  std::map<std::uint64_t, std::unique_ptr<run>> runs_;
};

}  // namespace retrylab
