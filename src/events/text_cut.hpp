#pragma once
// Texts of clients made presentable: cut between characters, free of control characters.

#include <string>
#include <string_view>

namespace retrylab {

// At most `bytes` of valid UTF-8, no character cut in two.
[[nodiscard]] std::string_view cut_utf8(std::string_view text, std::size_t bytes);

// Without white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

// Any bytes as one line of valid UTF-8, at most `bytes` long.
void append_one_line(std::string& out, std::string_view text, std::size_t bytes);

}  // namespace retrylab
