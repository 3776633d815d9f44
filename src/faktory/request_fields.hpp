#pragma once
// What the readers of requests have in common: the first complaint about a JSON object as the
// detail of an -ERR, and fields that are numbers of seconds.

#include "events/core/time.hpp"
#include "events/json_fields.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

// "retry must be an integer", "is not JSON: syntax error at byte 3". There must be one.
[[nodiscard]] std::string first_complaint(json_fields const& fields);

// A number of seconds from 0 to ten years, with a fraction or an exponent; finer than a microsecond
// is cut off. Anything else is a complaint.
[[nodiscard]] std::optional<microseconds> seconds_field(json_fields& fields, std::string_view name);

// A string, "" as if absent.
[[nodiscard]] std::optional<std::string> text_field(json_fields& fields, std::string_view name);

// An array of strings: the first `most` of them, and how many there are.
struct text_list {
  std::vector<std::string> first{};
  std::size_t count = 0;
};
[[nodiscard]] text_list text_list_field(json_fields& fields, std::string_view name,
                                        std::size_t most);

// Complains when `text` has more than limits::faktory_id_bytes.
void check_id(json_fields& fields, std::string_view name, std::string_view text);

}  // namespace retrylab
