#include "events/views/error_table.hpp"

#include "events/core/limits.hpp"
#include "events/views/job_filter.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string key_of(std::string_view type, std::string_view message) {
  std::string key{type};
  key += '\0';
  return key.append(message);
}

}  // namespace

std::string without_numbers(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i])) {
      out += text[i];
    } else if (i == 0 || !is_digit(text[i - 1])) {
      out += '#';
    }
  }
  return out;
}

error_number error_table::number_of(std::string_view type, std::string_view message) {
  if (type.size() + message.size() > limits::error_shape_bytes) return other_error;
  std::string shape = without_numbers(message);
  if (auto const found = numbers_.find(key_of(type, shape)); found != numbers_.end())
    return found->second;
  if (errors_.size() == limits::error_shapes) return other_error;
  append({std::string{type}, std::move(shape)});
  return static_cast<error_number>(errors_.size());
}

void error_table::append(error_shape shape) {
  std::string key = key_of(shape.type, shape.message);
  errors_.push_back(std::move(shape));
  numbers_.emplace(std::move(key), static_cast<error_number>(errors_.size()));
}

std::vector<error_match> errors_with(error_table const& errors, std::string_view part,
                                     bool in_type) {
  std::string const shape = without_numbers(part);
  bool const vague = shape.find('#') != std::string::npos;
  std::vector<error_match> found{{other_error, true}};
  for (std::size_t i = 0; i < errors.all().size(); ++i) {
    error_shape const& error = errors.all()[i];
    auto const number = static_cast<error_number>(i + 1);
    if (in_type && has_part(error.type, part)) {
      found.push_back({number, false});
    } else if (has_part(error.message, shape)) {
      found.push_back({number, vague});
    }
  }
  return found;
}

}  // namespace retrylab
