#pragma once
// Events as rows: a type's name and its data as JSON that a person can read in the sqlite3 shell.
//
// If you change what an event carries:
//   1. A new field is optional when read: rows written before have none. Give it the meaning "as it
//   was before".
//   2. A field is never renamed, removed or given another meaning. When that is needed, make a new
//   event type.
//   3. Add a golden file tests/golden/<Type>.<n>.json with the new form; the older files stay and
//   must still decode.
// A type or a field that this program does not know was written by a newer one: decoding refuses
// it, because skipping an event would rebuild a wrong state.

#include "events/core/job_events.hpp"
#include "events/core/result.hpp"
#include "events/core/system_events.hpp"
#include "events/core/system_state.hpp"
#include "events/stored_event.hpp"

#include <string>
#include <string_view>

namespace retrylab {

struct encoded_event {
  std::string_view type;  // a literal
  std::string data;
};

[[nodiscard]] encoded_event encode(job_event const& event);
[[nodiscard]] encoded_event encode(system_event const& event);

// The error says which type or field is at fault.
[[nodiscard]] result<job_event, std::string> decode_job_event(std::string_view type,
                                                              std::string_view data);
[[nodiscard]] result<system_event, std::string> decode_system_event(std::string_view type,
                                                                    std::string_view data);
// Whether events have this type's name, as in "Failed".
[[nodiscard]] bool is_job_event(std::string_view type);
[[nodiscard]] bool is_system_event(std::string_view type);
// A record as the row it becomes, and back.
[[nodiscard]] stored_event encode(job_record const& record);
[[nodiscard]] result<job_record, std::string> decode(stored_event const& row);

[[nodiscard]] std::string_view to_string(failure_cause cause);
[[nodiscard]] std::string_view to_string(dead_letter_reason reason);

// A policy as the object that events, jobs and requests use.
void append(std::string& out, retry_policy const& policy);
[[nodiscard]] std::string encode(retry_policy const& policy);
// The same, but the usual policy of jobs that come over the Faktory Work Protocol, which takes no
// parameters, is its kind alone: there are many of them.
void append_brief(std::string& out, retry_policy const& policy);

// Rules as the array that events and requests use; what a rule does not say is left out.
void append(std::string& out, std::vector<retry_rule> const& rules);

class json_fields;
// Fields that are absent keep the default policy's value. Complaints are left in `fields`.
[[nodiscard]] retry_policy read_retry_policy(json_fields& fields);
// The policy, where there is one, with its values. Complaints likewise; also of what no rule may
// be. With `policies`, a rule may name one of them instead.
[[nodiscard]] retry_rule read_retry_rule(json_fields& fields, policy_map const* policies = nullptr);

}  // namespace retrylab
