#pragma once
// Jobs that ended long ago leave the log, step by step: a step is planned and archived in the read
// pool (purge_plan.hpp), then one transaction records Purged and deletes the rows. One step at a
// time, and after each a pause that is a multiple of what the step took, so that a log that is busy
// is left alone. When nothing is due it looks again after limits::purge_look, or after the shortest
// time to keep if that is less.
//
// Safe against a job that is requeued meanwhile: the transaction refuses streams that have another
// version than the plan saw, and the step is planned anew. Io thread only.

#include "actors/purge_plan.hpp"
#include "actors/runtime/deadlines.hpp"
#include "actors/runtime/read_pool.hpp"
#include "actors/system_stream.hpp"

#include <map>

namespace retrylab {

struct retention_options {
  std::map<job_status, microseconds> keep{};  // after the end; a status that is not here: for ever
  std::shared_ptr<event_archive> archive = std::make_shared<no_archive>();
};

class retention {
 public:
  retention(boost::asio::any_io_executor io, clock& time, deadlines& timers, system_stream& system,
            read_pool& reads, retention_options options);
  retention(retention const&) = delete;
  retention& operator=(retention const&) = delete;

  // When the system's stream is recovered and may be written.
  void start();
  // A step that is on its way to the log still gets there.
  void stop() { running_ = false; }

 private:
  using plan_result = result<purge_plan, store_failure>;
  void plan();
  void planned(std::optional<plan_result> plan);
  void stored(purge_plan const& plan, append_reply const& reply);
  void done(purge_plan const& plan);
  void pause(microseconds time);
  [[nodiscard]] microseconds rest();

  boost::asio::any_io_executor io_;
  clock& clock_;
  deadlines& timers_;
  system_stream& system_;
  read_pool& reads_;
  deadline_kind plan_;
  retention_options options_;
  std::vector<purge_cursor> cursors_;
  std::size_t turn_ = 0;  // whose
  timestamp began_{};     // of the step
  bool running_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace retrylab
