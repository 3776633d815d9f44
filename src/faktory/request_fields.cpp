#include "faktory/request_fields.hpp"

#include "events/core/limits.hpp"

#include <charconv>

namespace retrylab {

std::string first_complaint(json_fields const& fields) {
  field_error const& e = fields.errors().front();
  return e.field.empty() ? e.message : e.field + " " + e.message;
}

std::optional<microseconds> seconds_field(json_fields& fields, std::string_view name) {
  auto const text = fields.raw(name);
  if (!text) return std::nullopt;
  constexpr double most = std::chrono::duration<double>{limits::delay_max}.count();
  double value = 0;
  auto const [end, ec] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (ec == std::errc{} && end == text->data() + text->size() && value >= 0 && value <= most)
    return microseconds{static_cast<std::int64_t>(value * 1e6)};
  fields.fail(name, "must be a number of seconds from 0 to ten years");
  return std::nullopt;
}

std::optional<std::string> text_field(json_fields& fields, std::string_view name) {
  auto text = fields.optional<std::string>(name);
  return text && text->empty() ? std::nullopt : text;
}

text_list text_list_field(json_fields& fields, std::string_view name, std::size_t most) {
  text_list found;
  auto const text = fields.raw(name);
  if (!text) return found;
  bool right = text->front() == '[';
  json_array all{right ? *text : std::string_view{}};
  for (auto element = all.next(); element && right; element = all.next()) {
    right = element->front() == '"';
    if (right && found.count++ < most) found.first.push_back(json_text(*element));
  }
  if (!right) fields.fail(name, "must be an array of strings");
  return found;
}

void check_id(json_fields& fields, std::string_view name, std::string_view text) {
  if (text.size() > limits::faktory_id_bytes)
    fields.fail(name, "must have at most " + std::to_string(limits::faktory_id_bytes) + " bytes");
}

}  // namespace retrylab
