#include "events/text_cut.hpp"

namespace retrylab {
namespace {

unsigned char byte(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// How many bytes the character at the front has; 0: it is none. RFC 3629, section 4.
std::size_t character(std::string_view text) {
  unsigned char const first = byte(text, 0);
  auto const follows = [&](std::size_t at, unsigned low, unsigned high) {
    return byte(text, at) >= low && byte(text, at) <= high;
  };
  auto const tail = [&](std::size_t at) { return follows(at, 0x80, 0xbf); };
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return tail(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    unsigned const low = first == 0xe0 ? 0xa0 : 0x80;
    unsigned const high = first == 0xed ? 0x9f : 0xbf;
    return follows(1, low, high) && tail(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    unsigned const low = first == 0xf0 ? 0x90 : 0x80;
    unsigned const high = first == 0xf4 ? 0x8f : 0xbf;
    return follows(1, low, high) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string_view cut_utf8(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && (byte(text, end) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  std::size_t const from = text.find_first_not_of(blanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

void append_one_line(std::string& out, std::string_view text, std::size_t bytes) {
  std::size_t const end = out.size() + bytes;
  while (!text.empty()) {
    std::size_t const n = character(text);
    if (out.size() + (n == 0 ? 1 : n) > end) return;
    bool const control = byte(text, 0) < 0x20 || byte(text, 0) == 0x7f;
    if (n == 0 || control) {
      out += control ? ' ' : '?';
      text.remove_prefix(1);
      continue;
    }
    out.append(text, 0, n);
    text.remove_prefix(n);
  }
}

}  // namespace retrylab
