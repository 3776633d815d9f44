#pragma once
// QUEUE PAUSE|RESUME|REMOVE names or *, and QUEUE LATENCY names. The sub-verb may be in any case.
// Names are taken as they are, each once; an unknown one is no error, so none is checked here.
//
// Source: server/commands.go (queue, queueLatency) of Faktory.

#include "events/core/result.hpp"
#include "faktory/reply.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

enum class queue_action : unsigned char { pause, resume, remove, latency };

struct queue_request {
  queue_action action;
  bool all = false;                  // "*" was the first name; then there are none
  std::vector<std::string> names{};  // at most limits::faktory_queue_names
  bool operator==(queue_request const&) const = default;
};

// What follows QUEUE.
[[nodiscard]] result<queue_request, reply_error> parse_queue_request(std::string_view rest);

}  // namespace retrylab
