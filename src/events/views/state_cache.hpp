#pragma once
// The states that a view saved last, of jobs that have not ended, so that it need not read them
// back for their next event. Bounded by bytes; the ones unused for longest leave. One thread.

#include "events/core/job_state.hpp"

#include <list>
#include <unordered_map>

namespace retrylab {

class state_cache {
 public:
  explicit state_cache(std::size_t bytes_max) : bytes_max_(bytes_max) {}
  // Takes the state out; nothing when it is not here.
  [[nodiscard]] std::optional<job_state> take(job_id job);
  void put(job_state const& state);
  // Pushes nothing out: of a backlog that does not fit, the jobs at its head are needed first.
  void put_if_room(job_state const& state);
  void clear();
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct entry {
    job_state state;
    std::size_t bytes = 0;
  };
  using place = std::list<entry>::iterator;
  void insert(job_state const& state, std::size_t bytes);
  void remove(place at);

  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  std::list<entry> entries_;                         // newest first
  std::unordered_map<std::uint64_t, place> places_;  // by job id; never iterated
};

}  // namespace retrylab
