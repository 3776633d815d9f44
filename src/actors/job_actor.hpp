#pragma once
// One job, one command at a time: decide, append, wait for the commit, evolve, answer. The mailbox
// serialises: the next command is looked at when the one before is on disk, so a decision always
// sees the state it was made for.
//
// Io thread only. An actor at rest is a struct: it holds no coroutine and no timer. It is a state
// machine of callbacks rather than a coroutine because nothing in it needs a stack between commands
// (docs/decisions/0003).

#include "actors/job_draft.hpp"
#include "actors/runtime/clock.hpp"
#include "actors/runtime/commit_log.hpp"

#include <deque>
#include <functional>
#include <memory>

namespace retrylab {

// Why a command did not become events. Where nothing else is said, nothing was stored.
struct ask_error {
  enum class kind : unsigned char {
    rejected,    // `why`, in `status`
    key_taken,   // by the job in `taken`
    not_unique,  // the job in `taken` holds the unique key; 0: one that is being created
    busy,        // this job's mailbox is full
    log_busy,    // the log's inbox is full
    disk_full,
    unavailable,  // the log could not be read or, being poisoned, written; whether it was stored is
                  // not known
  };
  kind what = kind::rejected;
  rejection why{};
  job_status status{};
  key_taken taken{};
};

// The job after the command's own events; what else its commit held is seen by the next look.
using ask_answer = result<job_state, ask_error>;

// A refusal that passes: the same wish may be granted later.
[[nodiscard]] bool is_transient(ask_error const& error);

// Why the log did not take a batch: neither appended nor a version conflict.
[[nodiscard]] ask_error refusal_of(append_reply const& reply);

struct actor_ports {
  clock& time;
  commit_log& log;
  job_observer& observer;
  std::uint64_t seed;
  std::vector<retry_rule> const& rules;  // those of the moment
};

class job_actor : public std::enable_shared_from_this<job_actor> {
 public:
  using loader = std::function<void(job_id)>;  // asks for loaded() to be called

  job_actor(job_id id, actor_ports const& ports, loader load)
      : id_(id), ports_(ports), load_(std::move(load)) {}

  // A job that has just got its id has no stream to load. Any other is loaded when the first
  // command comes.
  void begin_empty() { loaded_ = true; }
  // It has been created, whatever was known of it before.
  void begin_with(job_state state);
  // The stream's state, or nothing when it could not be read.
  void loaded(std::optional<job_state> state);

  // `answer` is called on the io thread, perhaps inside this call.
  void ask(job_command command, std::optional<key_claim> claim, callback<ask_answer> answer);

  [[nodiscard]] bool idle() const {
    return !loading_ && !in_flight_ && !draining_ && mailbox_.empty();
  }
  [[nodiscard]] job_state const& state() const { return state_; }

 private:
  struct letter {
    job_command command;
    std::optional<key_claim> claim;
    callback<ask_answer> answer;
    int conflicts = 0;
  };
  // A command that was decided and is on its way to the log.
  struct append_in_flight {
    letter mail;
    job_draft draft;
    std::size_t own;  // records that the command itself led to, the others follow from them
  };
  void load();
  void drain();
  void handle(letter mail);
  void stored(append_reply reply);
  [[nodiscard]] job_state committed(job_draft draft, seq first, std::size_t own);
  void refuse(letter& mail, ask_error::kind what) const;

  job_id id_;
  actor_ports const& ports_;
  loader load_;
  job_state state_;
  std::deque<letter> mailbox_;
  std::optional<append_in_flight> in_flight_;
  bool loaded_ = false;
  bool loading_ = false;
  bool draining_ = false;
};

}  // namespace retrylab
