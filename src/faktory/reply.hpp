#pragma once
// Replies, appended to a connection's output. The subset of RESP2 that Faktory's clients read:
//
//   +text   -CODE text   $length bytes   $-1 (nil)      each ended by CRLF
//
// No arrays, no integers: clients do not expect them. Only three error codes exist, because some
// clients break at any other. An error's text is one line of valid UTF-8 of bounded length,
// whatever is given: control characters become spaces, stray bytes '?', the rest is cut.
//
// Source: docs/protocol-specification.md of Faktory; RESP2.

#include <string>
#include <string_view>

namespace retrylab {

enum class reply_code : unsigned char { err, notunique, shutdown };

struct reply_error {
  reply_code code = reply_code::err;
  std::string text;
  bool operator==(reply_error const&) const = default;
};

[[nodiscard]] inline reply_error refuse(std::string text) {
  return {reply_code::err, std::move(text)};
}

void append_simple(std::string& out, std::string_view text);
inline void append_ok(std::string& out) { out += "+OK\r\n"; }
void append_error(std::string& out, reply_error const& error);
void append_bulk(std::string& out, std::string_view bytes);
inline void append_nil(std::string& out) { out += "$-1\r\n"; }

// The error inside PUSHB's answer: no "ERR ", other codes stand in front.
[[nodiscard]] std::string bulk_error_text(reply_error const& error);

}  // namespace retrylab
