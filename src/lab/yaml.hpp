#pragma once
// A YAML document as a plain tree that remembers its lines. Aliases are copied, and counted as what
// they stand for, so a small file cannot become a large tree.

#include "events/core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

struct yaml_value {
  enum class kind : unsigned char { null, scalar, list, map };
  kind is = kind::null;
  bool quoted = false;                // of a scalar: it is text, whatever it looks like
  int line = 0;                       // from 1
  std::string text{};                 // of a scalar
  std::vector<yaml_value> items{};    // of a list
  std::string name{};                 // of a member of a map
  int name_line = 0;                  // likewise
  std::vector<yaml_value> members{};  // of a map, in the order of the file, each name once

  [[nodiscard]] yaml_value const* find(std::string_view wanted) const;
};

struct yaml_error {
  int line = 0;
  std::string message;
};

[[nodiscard]] result<yaml_value, yaml_error> parse_yaml(std::string const& text);

// The value as JSON: unquoted true, false, null and numbers are what they look like.
void append_json(std::string& out, yaml_value const& value);

}  // namespace retrylab
