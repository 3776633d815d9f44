#pragma once
// What a worker asks: FETCH, ACK, FAIL, BEAT. Each function reads what follows its verb; refusals
// have Faktory's texts. What names nobody (an unknown jid, an unknown worker) is for others to say.
//
// Source: server/commands.go, manager/{fetch,retry}.go and server/workers.go of Faktory.

#include "actors/workers.hpp"
#include "events/core/result.hpp"
#include "faktory/reply.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

// FETCH critical default: the queues in the order of their priority, each once. None named is
// "default". Over limits::faktory_queue_names words is a refusal.
[[nodiscard]] result<std::vector<std::string>, reply_error> parse_fetch(std::string_view rest);

// ACK {"jid":"…"}, of any length. Ours beside Faktory's: "result", any JSON.
struct ack_request {
  std::string jid;
  std::optional<raw_json> result{};
  bool operator==(ack_request const&) const = default;
};
[[nodiscard]] result<ack_request, reply_error> parse_ack(std::string_view rest);

// FAIL {"jid":"…","errtype":"…","message":"…","backtrace":["…"]}. Texts are trimmed and cut
// (limits.hpp); a missing errtype or message is "unknown". Ours beside Faktory's: "custom":
// {"retry_after":seconds,"retryable":false}, whose mistakes are refused.
struct fail_request {
  std::string jid;
  job_error error;
  std::optional<milliseconds> retry_after{};
  bool retryable = true;
  bool operator==(fail_request const&) const = default;
};
[[nodiscard]] result<fail_request, reply_error> parse_fail(std::string_view rest);

// BEAT {"wid":"…","current_state":"quiet","rss_kb":54176}
struct beat_request {
  std::string wid;
  std::optional<worker_state> current_state{};  // none: not said, or not understood
  std::int64_t rss_kb = 0;
  bool operator==(beat_request const&) const = default;
};
[[nodiscard]] result<beat_request, reply_error> parse_beat(std::string_view rest);
// {"state":"quiet"}, the bulk that answers a BEAT of a worker that does not run.
[[nodiscard]] std::string_view state_document(worker_state state);

}  // namespace retrylab
