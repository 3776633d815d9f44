#pragma once
// JSON text without the white space between its tokens, every other byte as it was: big integers,
// the order of keys and the way strings are escaped survive.

#include <string>
#include <string_view>

namespace retrylab {

// `json` is valid JSON (json_defect() finds nothing). Linear; no copy is made but the output.
void append_compact(std::string& out, std::string_view json);

// Whether `json` is {} or [], with any white space inside.
[[nodiscard]] bool is_empty_container(std::string_view json);

}  // namespace retrylab
