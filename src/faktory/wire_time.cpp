#include "faktory/wire_time.hpp"

namespace retrylab {

void append_wire_time(std::string& out, timestamp t) {
  append_rfc3339(out, t);
  std::size_t const digit = out.find_last_not_of('0', out.size() - 2);
  out.resize(out[digit] == '.' ? digit : digit + 1);
  out += 'Z';
}

std::optional<timestamp> parse_wire_time(std::string_view text) {
  constexpr std::size_t digits_kept = 9;
  std::size_t const point = text.find('.');
  if (point == std::string_view::npos) return parse_rfc3339(text);
  std::size_t const end = text.find_first_not_of("0123456789", point + 1);
  if (end == std::string_view::npos || end - point - 1 <= digits_kept) return parse_rfc3339(text);
  std::string shorter{text.substr(0, point + 1 + digits_kept)};
  return parse_rfc3339(shorter += text.substr(end));
}

}  // namespace retrylab
