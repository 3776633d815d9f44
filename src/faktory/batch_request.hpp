#pragma once
// BATCH NEW {"description":"…","success":{job},"complete":{job},"parent_bid":"…"}, and BATCH OPEN,
// COMMIT, STATUS bid. A callback is a job that may lack a jid; a batch has one callback at least.
//
// Source: Faktory's wiki (Ent-Batches), client/batch.go, and the clients. The texts of refusals are
// ours, but for "no such batch", which belongs to whoever looks it up.

#include "events/core/result.hpp"
#include "faktory/faktory_job.hpp"
#include "faktory/reply.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace retrylab {

struct batch_new {
  std::string description;  // cut
  std::string parent_bid;   // empty: none
  std::optional<faktory_job> success;
  std::optional<faktory_job> complete;
  bool operator==(batch_new const&) const = default;
};
struct batch_open {
  std::string bid;
  bool operator==(batch_open const&) const = default;
};
struct batch_commit {
  std::string bid;
  bool operator==(batch_commit const&) const = default;
};
struct batch_status {
  std::string bid;
  bool operator==(batch_status const&) const = default;
};
using batch_request = std::variant<batch_new, batch_open, batch_commit, batch_status>;

// What follows BATCH.
[[nodiscard]] result<batch_request, reply_error> parse_batch(std::string_view rest);

}  // namespace retrylab
