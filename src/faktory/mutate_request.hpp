#pragma once
// MUTATE {"cmd":"requeue","target":"retries","filter":{"jids":[],"regexp":"*","jobtype":"t"}}: an
// operation on many jobs that do not wait in a queue.
//
// The filter's rule: jids that are named decide alone. Else `regexp`, a Redis pattern (glob.hpp)
// over the payload as append_payload() writes it, and `jobtype`, exactly, must both agree as far as
// given. A filter that says nothing matches every job; `clear` looks at none.
//
// Source: server/mutate.go and client/mutate.go of Faktory. It splits the line at spaces and so
// refuses JSON that has any; we take the rest of the line.

#include "events/core/glob.hpp"
#include "events/core/result.hpp"
#include "faktory/reply.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

enum class mutate_action : unsigned char { clear, kill, discard, requeue };
enum class mutate_target : unsigned char { retries, dead, scheduled };

class job_matcher {
 public:
  job_matcher() = default;
  job_matcher(std::vector<std::string> jids, std::string_view pattern, std::string jobtype);

  // Whether it matches whatever it is asked; then no payload need be written.
  [[nodiscard]] bool matches_all() const;
  [[nodiscard]] bool needs_payload() const { return jids_.empty() && pattern_.has_value(); }
  // Empty: go through the jobs.
  [[nodiscard]] std::vector<std::string> const& jids() const { return jids_; }
  // `payload` is looked at only when needs_payload().
  [[nodiscard]] bool matches(std::string_view jid, std::string_view jobtype,
                             std::string_view payload) const;

 private:
  std::vector<std::string> jids_;  // sorted, each once
  std::optional<glob> pattern_;
  std::string jobtype_;
};

struct mutate_request {
  mutate_action action;
  mutate_target target;
  job_matcher filter;  // of `clear`, and where none was given: matches all
};

// What follows MUTATE. A pattern over limits::faktory_glob_bytes is refused.
[[nodiscard]] result<mutate_request, reply_error> parse_mutate(std::string_view rest);

}  // namespace retrylab
