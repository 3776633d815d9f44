#pragma once
// What a request's header must look like before anything else reads it. Proxies and servers
// disagree about the rest, and requests hide in such gaps. In particular: a body comes with
// Content-Length or not at all, there is exactly one Host, and no line is folded. The parser behind
// it joins folded lines and accepts two of the forms refused here.
//
// Sources: RFC 9112 sections 2 to 6; RFC 9110 section 7.2 for Host.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace retrylab {

struct framing_error {
  unsigned status;
  std::string detail;
};

struct framing {
  std::size_t content_length = 0;
  std::optional<framing_error> error{};
};

// `header`: from the request line to the empty line, both included.
[[nodiscard]] framing check_framing(std::string_view header);

}  // namespace retrylab
