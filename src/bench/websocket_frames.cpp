#include "bench/websocket_frames.hpp"

#include <charconv>

namespace retrylab::bench {
namespace {

constexpr unsigned char fin = 0x80;
constexpr unsigned char masked = 0x80;
constexpr unsigned two_bytes = 126;
constexpr unsigned eight_bytes = 127;
constexpr unsigned char mask[4] = {0x52, 0x4c, 0x41, 0x42};

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

bool take(std::string_view& text, std::string_view literal) {
  if (!text.starts_with(literal)) return false;
  text.remove_prefix(literal.size());
  return true;
}

bool take(std::string_view& text, std::uint64_t& number) {
  auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

}  // namespace

std::optional<feed_place> place_of(std::string_view message) {
  feed_place place;
  bool const known = take(message, R"({"prev":)") && take(message, place.prev) &&
                     take(message, R"(,"seq":)") && take(message, place.seq);
  if (!known) return std::nullopt;
  place.reset = message.starts_with(R"(,"reset":["jobs","events"])");
  return place;
}

std::optional<websocket_frame> first_frame(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  unsigned const length = static_cast<unsigned char>(bytes[1]) & 0x7fU;
  std::size_t const extended = length == two_bytes ? 2 : length == eight_bytes ? 8 : 0;
  std::size_t const header = 2 + extended;
  if (bytes.size() < header) return std::nullopt;
  std::uint64_t const size = extended == 0 ? length : big_endian(bytes.substr(2, extended));
  if (bytes.size() - header < size) return std::nullopt;
  auto const kind = static_cast<opcode>(static_cast<unsigned char>(bytes[0]) & 0x0fU);
  return websocket_frame{kind, bytes.substr(header, size), header + size};
}

std::string client_frame(opcode kind, std::string_view payload) {
  std::string out;
  out += static_cast<char>(fin | static_cast<unsigned char>(kind));
  if (payload.size() < two_bytes) {
    out += static_cast<char>(masked | payload.size());
  } else if (payload.size() <= 0xffff) {
    out += static_cast<char>(masked | two_bytes);
    append_big_endian(out, payload.size(), 2);
  } else {
    out += static_cast<char>(masked | eight_bytes);
    append_big_endian(out, payload.size(), 8);
  }
  for (unsigned char m : mask) out += static_cast<char>(m);
  for (std::size_t i = 0; i < payload.size(); ++i)
    out += static_cast<char>(static_cast<unsigned char>(payload[i]) ^ mask[i % 4]);
  return out;
}

}  // namespace retrylab::bench
