#pragma once
// The client's half of RFC 6455, as far as the feed needs it: unfragmented frames come in, masked
// ones go out. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace retrylab::bench {

enum class opcode : unsigned char { text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

struct websocket_frame {
  opcode kind{};
  std::string_view payload;  // into the bytes that were given
  std::size_t size = 0;      // of the whole frame
};

// The first frame of `bytes`, when it is complete. A masked or fragmented one, which our server
// does not send, is read as if it was neither.
[[nodiscard]] std::optional<websocket_frame> first_frame(std::string_view bytes);

// How a message of the feed begins: {"prev":1,"seq":2, and then, of one that says "too much, fetch
// it", "reset":["jobs","events"].
struct feed_place {
  std::uint64_t prev = 0;
  std::uint64_t seq = 0;
  bool reset = false;  // of the events
};
[[nodiscard]] std::optional<feed_place> place_of(std::string_view message);

// One frame of a client. The mask is constant: it protects proxies from scripts, and there are
// neither here.
[[nodiscard]] std::string client_frame(opcode kind, std::string_view payload);

}  // namespace retrylab::bench
