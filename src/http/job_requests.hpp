#pragma once
// Request bodies that concern jobs, checked field by field.

#include "actors/handler_table.hpp"
#include "events/core/job_commands.hpp"
#include "events/core/result.hpp"
#include "events/core/system_state.hpp"
#include "events/json_fields.hpp"
#include "http/message.hpp"

namespace retrylab {

// What a request's meaning depends on beside its text.
struct request_setting {
  timestamp now;
  policy_map const& policies;
  handler_table const& handlers;
};

// One job of several: complaints are left in `fields`.
[[nodiscard]] job_spec read_job_spec(json_fields& fields, request_setting const& setting);
inline constexpr char const* queue_name_rule = "must be 1 to 128 of A-Z a-z 0-9 _ . : -";
[[nodiscard]] bool is_queue_name(std::string_view text);

// Errors are ready to be sent: 400 for text that is not JSON, 422 with every wrong field.
[[nodiscard]] result<job_spec, response> read_job_spec(std::string_view body,
                                                       request_setting const& setting);
[[nodiscard]] result<retry_job, response> read_retry(std::string_view body,
                                                     policy_map const& policies);
// For the actions that take nothing but {"reason":"…"}, or no body at all.
[[nodiscard]] result<std::string, response> read_reason(std::string_view body);

// Complains of a text that is empty or has more characters (not bytes) than `high`.
void check_length(json_fields& fields, std::string_view name, std::string_view text,
                  std::size_t high);

// An optional text of bounded length; complaints are left in `fields`.
[[nodiscard]] std::string read_reason_field(json_fields& fields);

inline constexpr std::string_view job_id_rule = "a job id is a positive integer";
// The number at a route's {id}; nothing when it is not one.
[[nodiscard]] std::optional<job_id> read_job_id(std::string_view text);

}  // namespace retrylab
