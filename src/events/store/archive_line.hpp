#pragma once
// An event as one line of JSON and back, without loss: the same members as in `GET /events`. `data`
// is the stored text. Line breaks in it become spaces, and then the member `text` has the stored
// text as a string, so that hashes can be computed again. Any thread.

#include "events/core/result.hpp"
#include "events/stored_event.hpp"

#include <string>
#include <string_view>

namespace retrylab {

// With the line break at its end.
void append_archive_line(std::string& out, stored_event const& event);

// Of a text that append_archive_line() wrote, without the line break. The error says what is wrong.
[[nodiscard]] result<stored_event, std::string> parse_archive_line(std::string_view line);

}  // namespace retrylab
