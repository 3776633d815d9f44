#pragma once
// Errors as application/problem+json (RFC 9457), with the fields that are wrong.

#include "actors/job_actor.hpp"
#include "events/json_fields.hpp"
#include "http/message.hpp"

namespace retrylab {

[[nodiscard]] response problem(unsigned status, std::string_view detail,
                               std::vector<field_error> const& errors = {});

// 400 when the text is not JSON at all, else 422.
[[nodiscard]] response bad_fields(json_fields const& fields);

// With Retry-After: the same request may be granted in a second.
[[nodiscard]] response retry_later(unsigned status, std::string_view detail);
// 503: the readers' queue is full, or the store cannot be read.
[[nodiscard]] response reads_overloaded();
[[nodiscard]] response queue_full(std::string_view queue);
[[nodiscard]] response too_many_operations();

// What a command that was refused means to the person who asked, in words and as an answer.
[[nodiscard]] std::string explain(ask_error const& error, job_id job);
[[nodiscard]] response problem(ask_error const& error, job_id job);

}  // namespace retrylab
