#pragma once
// PUSHB [{job},{job},…] and its answer, the jids of the jobs that were refused with the reason.
// Jobs are judged one by one: only an array that is not JSON, or no array, refuses them all.
// (Faktory refuses them all too when one has a field of a wrong type; we name that one.)
//
// Source: server/commands.go (pushBulk) of Faktory.

#include "events/core/result.hpp"
#include "faktory/faktory_job.hpp"
#include "faktory/reply.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

// The elements of what follows PUSHB, each for parse_bulk_job(). More than
// limits::faktory_bulk_jobs are refused; Faktory knows no bound, its clients recommend 1,000.
[[nodiscard]] result<std::vector<std::string_view>, reply_error> parse_bulk(std::string_view rest);

// The jobs that were refused, by jid; a jid that comes twice has the last reason.
class bulk_refusals {
 public:
  void add(std::string_view jid, reply_error const& why);
  [[nodiscard]] bool empty() const { return reasons_.empty(); }
  // {"jid":"reason"}, sorted by jid.
  void append(std::string& out) const;

 private:
  std::map<std::string, std::string, std::less<>> reasons_;
};

// Nothing: the job was refused, which stands in `refusals` now. One whose jid cannot be read stands
// under "".
[[nodiscard]] std::optional<faktory_job> parse_bulk_job(std::string_view element,
                                                        bulk_refusals& refusals);

}  // namespace retrylab
