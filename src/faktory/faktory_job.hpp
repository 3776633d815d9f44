#pragma once
// A job as PUSH brings it. The text of args, custom and of fields that are not known is kept as the
// client wrote it, byte for byte; nothing is built of it. Required are a jid of 8 bytes or more, a
// jobtype and args. What the server sets itself (enqueued_at, failure) is dropped.
//
// Refusals have the texts of Faktory, literally, in its order: first JSON that has a wrong form or
// type, then jid, jobtype, args, reserve_for, at, the queue's name. Options in `custom` that we act
// on and cannot understand come last; Faktory would ignore them there.
//
// Source: manager/manager.go (validate), client/job.go, storage/types.go of Faktory; its wiki for
// the options (Ent-Unique-Jobs, Ent-Expiring-Jobs, Ent-Tracking, Ent-Batches).

#include "events/core/job_events.hpp"
#include "events/core/result.hpp"
#include "faktory/reply.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

inline constexpr std::int64_t faktory_default_retry = 25;

enum class unique_until : unsigned char { success, start };

// What stands in `custom` and concerns the server.
struct job_options {
  std::optional<microseconds> unique_for{};  // never 0
  retrylab::unique_until unique_until = unique_until::success;
  std::optional<timestamp> expires_at{};
  std::optional<microseconds> expires_in{};
  bool track = false;
  std::string bid{};
  std::optional<raw_json> retry_policy{};
  bool operator==(job_options const&) const = default;
};

struct written_time {
  timestamp time;
  std::string text;  // as the client wrote it
  bool operator==(written_time const&) const = default;
};

struct extra_field {
  std::string name;
  raw_json value;
  bool operator==(extra_field const&) const = default;
};

struct faktory_job {
  std::string jid;
  std::string jobtype;
  raw_json args{"[]"};
  std::string queue = "default";
  std::int64_t reserve_for = 0;  // seconds; 0: not said
  std::optional<written_time> at{};
  std::optional<std::int64_t> retry{};  // none: 25
  std::int64_t backtrace = 0;
  std::string created_at{};          // any text; empty: the server's to set
  std::optional<raw_json> custom{};  // never an empty object
  job_options options{};             // read out of custom
  std::vector<extra_field> extras{};
  bool operator==(faktory_job const&) const = default;
};

// A callback of a batch may come without a jid; the server then gives it one.
enum class jid_rule : unsigned char { required, optional };

// What follows PUSH.
[[nodiscard]] result<faktory_job, reply_error> parse_job(std::string_view json);
// `json` lies in a text that json_defect() found nothing wrong with.
[[nodiscard]] result<faktory_job, reply_error> parse_checked_job(std::string_view json,
                                                                 jid_rule rule);

// [A-Za-z0-9._-]{1,128}; the refusal is that of PUSH.
[[nodiscard]] std::optional<reply_error> check_queue_name(std::string_view name);

}  // namespace retrylab
