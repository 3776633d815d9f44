#pragma once
// The log as actors see it: hand over a batch, hear later that it is on disk. And the step that is
// common to every way of getting there.

#include "actors/runtime/callback.hpp"
#include "events/event_store.hpp"

#include <functional>
#include <string>

namespace retrylab {

enum class log_refusal : unsigned char {
  busy,       // too many batches wait; nothing was stored
  disk_full,  // nothing was stored
  poisoned,  // a commit failed: whether this batch is stored is not known, and the process is about
             // to end
};

using append_reply = std::variant<appended, version_conflict, key_taken, log_refusal>;

class commit_log {
 public:
  virtual ~commit_log() = default;
  // `answer` is called on the io thread, after the commit, never inside this call.
  virtual void append(append_batch batch, callback<append_reply> answer) = 0;
};

// Commits groups of batches and tells who follows the log. After a failure that leaves the file in
// doubt it refuses everything (LevelDB's rule: what a failed sync left behind is not known). One
// thread at a time.
class group_committer {
 public:
  using committed_handler = std::function<void(std::vector<stored_event>)>;
  using poison_handler = std::function<void(std::string const& why)>;

  group_committer(event_store& store, committed_handler committed, poison_handler poisoned)
      : store_(store), committed_(std::move(committed)), poisoned_handler_(std::move(poisoned)) {}

  // A reply for each batch, in order. The events of those appended are handed to the follower, in
  // order of seq.
  [[nodiscard]] std::vector<append_reply> commit(std::vector<append_batch> group);

 private:
  event_store& store_;
  committed_handler committed_;
  poison_handler poisoned_handler_;
  bool poisoned_ = false;
};

}  // namespace retrylab
