#pragma once
// Takes out of events what rules name. The types and queues of jobs come from their Created, so all
// events of a log are to be given, in order. Each kind of event says here which of its fields
// people wrote: an event that is added does not compile before it did. One thread.

#include "events/core/result.hpp"
#include "events/redaction/value_redactor.hpp"
#include "events/stored_event.hpp"

#include <unordered_map>

namespace retrylab {

class redactor {
 public:
  explicit redactor(redact_rules rules) : values_(std::move(rules)) {}

  // The error: the event cannot be read.
  [[nodiscard]] std::optional<std::string> redact(stored_event& row);
  [[nodiscard]] value_redactor const& values() const { return values_; }

 private:
  [[nodiscard]] std::optional<std::string> redact_job_event(stored_event& row);
  [[nodiscard]] std::optional<std::string> redact_system_event(stored_event& row);

  value_redactor values_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> kinds_;  // type, queue
  std::vector<std::pair<std::string, std::string> const*> kind_names_;
  std::unordered_map<std::uint64_t, std::uint32_t> kind_of_;  // of a job; never iterated
};

}  // namespace retrylab
