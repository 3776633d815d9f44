#include "faktory/compact_json.hpp"

#include "events/json_fields.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::string_view blanks = " \t\r\n";

}  // namespace

void append_compact(std::string& out, std::string_view json) {
  std::size_t kept = 0;  // from here on nothing was copied yet
  for (std::size_t i = 0; i < json.size();) {
    if (json[i] == '"') {
      i = json_string_end(json, i);
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
