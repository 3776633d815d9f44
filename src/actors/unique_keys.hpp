#pragma once
// The keys that jobs hold so that no second job of the same key is created. A job claims its key
// before it is written, and gives it back with its end (or its start, if it says so); a key is
// never held longer than the job asked for. Comes back from the log with the jobs. Io thread only.

#include "events/core/job_state.hpp"

#include <map>
#include <string>

namespace retrylab {

class unique_keys {
 public:
  // Nothing when it was free and is claimed now; else the job that holds it (0: one that is being
  // created). `start`: when the job may run.
  [[nodiscard]] std::optional<job_id> claim(uniqueness const& wish, timestamp now, timestamp start);
  // The job was not created.
  void give_back(std::string const& key);
  // After each change of a job that wants a key.
  void follow(job_state const& s);

 private:
  struct held {
    job_id job{};
    timestamp until{};
  };
  std::map<std::string, held, std::less<>> held_;
};

// Of jobs that do the same: a hash of type, queue and payload (or arguments).
[[nodiscard]] std::string same_job_key(std::string_view type, std::string_view queue,
                                       std::string_view payload);

}  // namespace retrylab
