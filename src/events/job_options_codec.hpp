#pragma once
// The rarer options of a job as JSON, the same in its Created event and in a view's row: a field is
// there only when the option is set.

#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

namespace retrylab {

// "complete" or "success".
[[nodiscard]] std::string_view to_string(callback_kind kind);

void append_options(json_writer& w, job_spec const& spec);
// Complaints are left in `fields`.
void read_options(json_fields& fields, job_spec& spec);

}  // namespace retrylab
