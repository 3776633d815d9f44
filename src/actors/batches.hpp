#pragma once
// Batches: sets of jobs with callbacks, which are jobs too. The callback `complete` is created when
// every job of the batch has run once, `success` when every job has succeeded and the callback
// `complete` too; neither before the batch is committed. A batch inside another one holds the
// other's callbacks back until its own are done; its jobs are not counted there.
//
// Definitions, commits and ends are events of the system; which jobs belong to a batch stands in
// their Created, and how far they are is followed here and folded again at a start. A callback is
// created under an idempotency key of its batch, so that a crash cannot make two. Every job of a
// batch, callbacks too, has the tag "batch:<id>".
//
// Source of the rules: Faktory's wiki (Ent-Batches) and what its clients' tests expect. Io thread
// only.

#include "actors/job_actors.hpp"
#include "actors/runtime/deadlines.hpp"
#include "actors/system_stream.hpp"
#include "events/view.hpp"

#include <deque>
#include <map>
#include <set>

namespace retrylab {

enum class callback_state : unsigned char { pending, enqueued, done };

struct batch_callback_info {
  bool wanted = false;
  callback_state state = callback_state::pending;
  job_id job{};  // 0: not created yet
};

struct batch_info {
  std::string id;
  batch_settings settings;
  std::uint64_t total = 0;     // jobs
  std::uint64_t executed = 0;  // of these, with an attempt that has ended
  std::uint64_t succeeded = 0;
  std::uint64_t failed = 0;  // the newest attempt has failed
  batch_callback_info complete{};
  batch_callback_info success{};
  std::optional<batch_end> end{};
};

using batch_answer = result<batch_info, ask_error>;

class batches {
 public:
  batches(boost::asio::any_io_executor io, clock& time, deadlines& timers, system_stream& system);
  batches(batches const&) = delete;
  batches& operator=(batches const&) = delete;
  void attach(job_actors& actors) { actors_ = &actors; }

  // The id of a batch that is about to be opened: "b-<number>".
  [[nodiscard]] std::string next_id() { return "b-" + std::to_string(++last_number_); }
  [[nodiscard]] bool has_room() const;
  void open(batch_opened event, callback<batch_answer> answer);
  // Of one that find() knows. A second commit changes nothing.
  void commit(std::string const& id, callback<batch_answer> answer);

  // Also batches that have ended, but only the last ones since the start.
  [[nodiscard]] std::optional<batch_info> find(std::string_view id) const;
  [[nodiscard]] std::vector<batch_info> all() const;
  // Calls once what the changes so far bring about is done: callbacks created, the end recorded.
  void settle(std::string id, callback<bool> then);
  // Whether a job may be added: the batch has not ended, and there is room.
  [[nodiscard]] bool takes(std::string_view id) const;

  // After each change of a job of a batch.
  void follow(job_state const& job);
  // What the system's events left open, with the jobs that a view has. Before resume().
  [[nodiscard]] result<bool, store_failure> recover(job_reader& jobs);
  void resume();

 private:
  struct callback_progress {
    callback_state state = callback_state::pending;
    job_id job{};
    bool on_its_way = false;
  };
  struct live_batch {
    std::uint64_t number = 0;
    std::map<job_id, unsigned char> members{};  // bits of `member`
    std::uint64_t executed = 0;
    std::uint64_t succeeded = 0;
    std::uint64_t failed = 0;
    callback_progress complete{};
    callback_progress success{};
    std::set<std::string, std::less<>> children{};  // that have not ended
    bool ending = false;
  };
  using live_map = std::map<std::string, live_batch, std::less<>>;

  void add(std::string const& id, batch_settings const& about);
  void count(live_batch& batch, job_state const& job);
  void touch(std::string_view id);
  [[nodiscard]] bool moves(std::string_view id) const;
  void tell_settled();
  void advance(std::string const& id);
  // Every job has run once; and it was told; and every job has succeeded. With the batches inside.
  [[nodiscard]] bool executed(std::string const& id, live_batch const& batch) const;
  [[nodiscard]] bool complete(std::string const& id, live_batch const& batch) const;
  [[nodiscard]] bool succeeded(std::string const& id, live_batch const& batch) const;
  void create_callback(std::string const& id, callback_kind kind);
  void created_callback(std::string const& id, callback_kind kind, create_all_answer const& answer);
  void end(std::string const& id, batch_end how);
  void ended(std::string const& id, append_reply const& reply);
  void look(std::uint64_t number);
  [[nodiscard]] batch_info info_of(std::string const& id, live_batch const& batch) const;
  [[nodiscard]] batch_settings const& settings(std::string const& id) const;
  [[nodiscard]] static callback_progress& callback_of(live_batch& batch, callback_kind kind);

  boost::asio::any_io_executor io_;
  clock& clock_;
  deadlines& timers_;
  system_stream& system_;
  deadline_kind look_;
  job_actors* actors_ = nullptr;
  std::uint64_t last_number_ = 0;
  std::size_t members_ = 0;  // of all live batches
  live_map live_;
  std::deque<batch_info> ended_;                // the newest last
  std::set<std::string, std::less<>> touched_;  // to be looked at, at the end of this turn
  std::vector<std::pair<std::string, callback<bool>>> settling_;
  bool running_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

// The tag of every job of a batch.
[[nodiscard]] std::string batch_tag(std::string_view id);

}  // namespace retrylab
