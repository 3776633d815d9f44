#pragma once
// Named retry policies and retry rules, kept as events of the system. A job that names one takes
// the values it has at that moment, and keeps them: a later version is for later jobs. Io thread
// only.

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

  [[nodiscard]] std::vector<retry_rule> const& rules() const { return system_.state().rules; }
  // In place of those there were. For failures from now on.
  void set_rules(std::vector<retry_rule> rules, callback<append_reply> answer);

 private:
  system_stream& system_;
};

}  // namespace retrylab
