#include "faktory/compact_json.hpp"

namespace retrylab {
namespace {

constexpr std::string_view blanks = " \t\r\n";

// Where the string that begins at `at` ends, behind its quote.
std::size_t string_end(std::string_view json, std::size_t at) {
  for (++at; at < json.size(); ++at) {
    at = json.find_first_of("\"\\", at);
    if (at == std::string_view::npos) return json.size();
    if (json[at] == '"') return at + 1;
    ++at;
  }
  return json.size();
}

}  // namespace

void append_compact(std::string& out, std::string_view json) {
  std::size_t kept = 0;  // from here on nothing was copied yet
  for (std::size_t i = 0; i < json.size();) {
    if (json[i] == '"') {
      i = string_end(json, i);
      continue;
    }
    if (static_cast<unsigned char>(json[i]) > ' ') {
      ++i;
      continue;
    }
    out.append(json, kept, i - kept);
    kept = i = std::min(json.find_first_not_of(blanks, i), json.size());
  }
  out.append(json, kept);
}

bool is_empty_container(std::string_view json) {
  std::size_t const inside = json.find_first_not_of(blanks, 1);
  return inside != std::string_view::npos && (json[inside] == '}' || json[inside] == ']');
}

}  // namespace retrylab
