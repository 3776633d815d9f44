#pragma once
// What can happen to a job: facts, in the past tense, without behaviour. docs/job_lifecycle.md
// draws the legal order.
//
// These structs are what the log means. A field is never renamed or given another meaning:
// event_codec.hpp says how an event may change.

#include "events/core/ids.hpp"
#include "events/core/immutable.hpp"
#include "events/core/retry_policy.hpp"
#include "events/core/time.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace retrylab {

// JSON text that was checked once and is carried unchanged, so that key order and big integers
// survive.
struct raw_json {
  std::string text;
  bool operator==(raw_json const&) const = default;
};

struct job_error {
  std::string type;
  std::string message;
  std::vector<std::string> backtrace{};
  bool operator==(job_error const&) const = default;
};

// While a job holds a key, no other job of that key is created.
struct uniqueness {
  std::string key;
  milliseconds for_time{};   // from when the job may run; held no longer than this
  bool until_start = false;  // the first attempt gives the key back; else the job's end does
  bool operator==(uniqueness const&) const = default;
};

// What a job brought along over the Faktory Work Protocol and its worker gets back as it was.
struct faktory_origin {
  std::string jid;  // the client's name for the job; not unique
  std::optional<std::string> created_at{};
  std::optional<std::string> at{};
  std::int64_t reserve_for = 0;  // seconds; 0: not given
  std::int64_t backtrace = 0;
  bool track = false;  // its progress may be asked for by its jid
  bool operator==(faktory_origin const&) const = default;
};

// The job of a batch that tells its end.
enum class callback_kind : unsigned char { complete, success };
struct batch_callback {
  std::string batch;
  callback_kind kind{};
  bool operator==(batch_callback const&) const = default;
};

// What a job is asked to do, as given at creation.
struct job_spec {
  std::string type;
  std::string queue = "default";
  raw_json payload{"{}"};
  std::optional<std::string>
      handler{};          // none: whoever is configured for the type, else the simulator
  unsigned priority = 5;  // 0 to 9, 9 first
  attempt_number max_attempts = 3;
  retry_policy retry{};
  std::optional<timestamp> run_at{};
  std::optional<milliseconds> timeout{};  // for each attempt
  std::vector<std::string> tags{};
  std::optional<std::string> idempotency_key{};
  std::string source = "http";
  bool discard_exhausted = false;         // attempts used up: DISCARDED, not FAILED
  std::optional<timestamp> expires_at{};  // not started later than this, but cancelled
  std::optional<uniqueness> unique{};
  std::optional<std::string> batch{};        // that it is a job of
  std::optional<batch_callback> callback{};  // that it is
  std::optional<faktory_origin> faktory{};
  bool operator==(job_spec const&) const = default;
};

enum class failure_cause : unsigned char {
  error,
  timeout,
  lease_expired,
  worker_lost,
  interrupted
};
enum class dead_letter_reason : unsigned char {
  attempts_exhausted,
  non_retryable,
  poison,
  max_age,
  operator_,
  rule
};

struct created {
  immutable<job_spec> spec;
  bool operator==(created const&) const = default;
};
struct attempted {  // its seq is the fence of the attempt
  attempt_number attempt;
  std::string worker;
  std::optional<milliseconds> lease;  // none: until the attempt or its process ends
  bool operator==(attempted const&) const = default;
};
struct succeeded {
  seq fence;
  std::optional<raw_json> result;
  bool operator==(succeeded const&) const = default;
};
struct failed {  // the attempt; retry_scheduled or dead_lettered follows in the same batch
  seq fence;
  attempt_number attempt;
  failure_cause cause;
  job_error error;
  bool operator==(failed const&) const = default;
};
struct retry_scheduled {
  timestamp due;
  microseconds delay;
  std::string
      rule;  // what decided: the name of the job's policy or else its kind, or the name of a rule
  bool operator==(retry_scheduled const&) const = default;
};
struct dead_lettered {
  dead_letter_reason reason;
  std::string by;  // "server", who asked, or the rule
  bool operator==(dead_lettered const&) const = default;
};
struct extended {  // the lease of the running attempt
  seq fence;
  timestamp until;
  bool operator==(extended const&) const = default;
};
struct progressed {  // what the worker says of the attempt; absent parts are as they were
  std::optional<unsigned> percent;
  std::optional<std::string> text;
  bool operator==(progressed const&) const = default;
};
struct released {  // given back unharmed: the attempt's number is used again
  seq fence;
  std::string reason;
  bool operator==(released const&) const = default;
};
struct rescheduled {  // a waiting job gets another time
  timestamp due;
  std::string by;
  std::string reason;
  bool operator==(rescheduled const&) const = default;
};
struct cancel_requested {
  std::string by;
  std::string reason;
  bool operator==(cancel_requested const&) const = default;
};
struct cancelled {
  std::optional<seq> fence;  // of the attempt that was running, if one was
  std::string by;
  std::string reason;
  bool operator==(cancelled const&) const = default;
};
struct requeued {  // an ended job begins its next generation; edits are nullopt where nothing
                   // changes
  std::string by;
  std::string reason;
  std::optional<raw_json> payload;
  std::optional<attempt_number> max_attempts;
  std::optional<retry_policy> retry;
  bool operator==(requeued const&) const = default;
};
struct discarded {
  std::string by;
  std::string reason;
  bool operator==(discarded const&) const = default;
};

using job_event = std::variant<created, attempted, succeeded, failed, retry_scheduled,
                               dead_lettered, released, rescheduled, cancel_requested, cancelled,
                               requeued, discarded, extended, progressed>;

// An event where it happened.
struct job_record {
  retrylab::seq seq{};
  job_id job{};
  stream_version version = 0;
  generation_number generation = 1;
  timestamp at{};
  job_event event;
  bool operator==(job_record const&) const = default;
};

}  // namespace retrylab
