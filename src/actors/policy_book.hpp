#pragma once
// Named retry policies, kept as events of the system. A job that names one takes the values it has
// at that moment, and keeps them: a later version is for later jobs. Io thread only.

#include "actors/job_actor.hpp"
#include "actors/system_stream.hpp"

namespace retrylab {

using policy_answer = result<named_policy, ask_error>;

class policy_book {
 public:
  explicit policy_book(system_stream& system) : system_(system) {}

  [[nodiscard]] policy_map const& all() const { return system_.state().policies; }
  // A new policy, or the next version of one; what is so already is answered without an event.
  void set(std::string name, retry_policy policy, callback<policy_answer> answer);

 private:
  system_stream& system_;
};

}  // namespace retrylab
