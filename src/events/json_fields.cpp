#include "events/json_fields.hpp"

#include "events/core/limits.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <charconv>

namespace retrylab {
namespace {

// Accepts everything and builds nothing: only the grammar is checked.
struct null_handler {
  using error = boost::system::error_code;
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  using text = boost::json::string_view;

  bool on_document_begin(error&) { return true; }
  bool on_document_end(error&) { return true; }
  bool on_object_begin(error&) { return true; }
  bool on_object_end(std::size_t, error&) { return true; }
  bool on_array_begin(error&) { return true; }
  bool on_array_end(std::size_t, error&) { return true; }
  bool on_key_part(text, std::size_t, error&) { return true; }
  bool on_key(text, std::size_t, error&) { return true; }
  bool on_string_part(text, std::size_t, error&) { return true; }
  bool on_string(text, std::size_t, error&) { return true; }
  bool on_number_part(text, error&) { return true; }
  bool on_int64(std::int64_t, text, error&) { return true; }
  bool on_uint64(std::uint64_t, text, error&) { return true; }
  bool on_double(double, text, error&) { return true; }
  bool on_bool(bool, error&) { return true; }
  bool on_null(error&) { return true; }
  bool on_comment_part(text, error&) { return true; }
  bool on_comment(text, error&) { return true; }
};

constexpr std::size_t usual_members = 16;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Steps through text that is known to be valid JSON.
class cursor {
 public:
  explicit cursor(std::string_view text) : text_(text) { skip_blanks(); }

  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    skip_blanks();
    return true;
  }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  // The text of the next value.
  std::string_view value() {
    std::size_t const begin = at_;
    skip_value();
    std::string_view const found = text_.substr(begin, at_ - begin);
    skip_blanks();
    return found;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  void skip_string() { at_ = json_string_end(text_, at_); }
  void skip_value() {
    if (peek() == '"') return skip_string();
    if (peek() != '{' && peek() != '[') {
      while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != ',' &&
             text_[at_] != ']' && text_[at_] != '}')
        ++at_;
      return;
    }
    int depth = 0;
    do {
      switch (peek()) {
        case '"':
          skip_string();
          continue;
        case '{':
        case '[':
          ++depth;
          break;
        case '}':
        case ']':
          --depth;
          break;
        default:
          break;
      }
      ++at_;
    } while (depth > 0 && at_ < text_.size());
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<std::int64_t> integer(std::string_view text) {
  std::int64_t value = 0;
  auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "12.5" with scale 3 -> 12,500. No sign, no exponent, no digits beyond the scale.
std::optional<std::uint64_t> scaled_decimal(std::string_view text, int scale) {
  std::string digits{text.substr(0, text.find('.'))};
  std::string_view const fraction =
      digits.size() < text.size() ? text.substr(digits.size() + 1) : "";
  if (fraction.size() > static_cast<std::size_t>(scale)) return std::nullopt;
  digits += fraction;
  digits.append(static_cast<std::size_t>(scale) - fraction.size(), '0');
  std::uint64_t value = 0;
  auto const [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (ec != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::string> json_defect(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = limits::json_depth;
  boost::json::basic_parser<null_handler> parser{options};
  boost::system::error_code ec;
  std::size_t const used = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && used < text.size()) ec = boost::json::error::extra_data;
  if (!ec) return std::nullopt;
  return ec.message() + " at byte " + std::to_string(used);
}

std::size_t json_string_end(std::string_view text, std::size_t at) {
  std::size_t const inside = at + 1;
  for (at = text.find('"', inside); at != std::string_view::npos; at = text.find('"', at + 1)) {
    std::size_t escapes = 0;
    while (at - escapes > inside && text[at - escapes - 1] == '\\') ++escapes;
    if (escapes % 2 == 0) return at + 1;
  }
  return text.size();
}

std::string json_text(std::string_view quoted) {
  std::string_view const inside = quoted.substr(1, quoted.size() - 2);
  if (inside.find('\\') == std::string_view::npos) return std::string{inside};
  auto const parsed = boost::json::parse(boost::json::string_view{quoted.data(), quoted.size()});
  return {parsed.as_string().data(), parsed.as_string().size()};
}

json_fields::json_fields(std::string_view text, std::string prefix, checked state)
    : prefix_(std::move(prefix)) {
  if (state == checked::no) {
    if (auto defect = json_defect(text)) {
      malformed_ = true;
      errors_.push_back({"", "is not JSON: " + *defect});
      return;
    }
  }
  split(text);
}

void json_fields::split(std::string_view text) {
  cursor at{text};
  if (!at.take('{')) {
    errors_.push_back(
        {prefix_.empty() ? "" : prefix_.substr(0, prefix_.size() - 1), "must be an object"});
    return;
  }
  members_.reserve(usual_members);
  while (at.peek() == '"') {
    std::string name = json_text(at.value());
    at.take(':');
    std::string_view const value = at.value();
    at.take(',');
    members_.push_back({std::move(name), value, false});
  }
  refuse_twins();
}

// Objects with many members are sorted for it: anybody may send one with a million.
void json_fields::refuse_twins() {
  auto const complain = [&](std::string_view name) { fail(name, "is given twice"); };
  if (members_.size() <= usual_members) {
    for (auto m = members_.begin(); m != members_.end(); ++m) {
      auto const same = [&](member const& earlier) { return earlier.name == m->name; };
      if (std::any_of(members_.begin(), m, same)) complain(m->name);
    }
    return;
  }
  std::vector<std::string_view> names;
  names.reserve(members_.size());
  for (member const& m : members_) names.emplace_back(m.name);
  std::sort(names.begin(), names.end());
  for (std::size_t i = 1; i < names.size() && errors_.size() < limits::bulk_errors; ++i) {
    if (names[i] == names[i - 1]) complain(names[i]);
  }
}

std::optional<std::string_view> json_fields::raw(std::string_view name) {
  std::optional<std::string_view> found;
  for (member& m : members_) {
    if (m.name != name) continue;
    m.known = true;
    if (m.text != "null") found = m.text;
  }
  return found;
}

bool json_fields::has(std::string_view name) const {
  return std::any_of(members_.begin(), members_.end(),
                     [&](member const& m) { return m.name == name; });
}

void json_fields::refuse_null(std::string_view name) {
  for (member const& m : members_) {
    if (m.name == name && m.text == "null") fail(name, "must not be null");
  }
}

template <>
std::optional<std::string> json_fields::optional(std::string_view name) {
  auto const text = raw(name);
  if (!text) return std::nullopt;
  if (text->front() == '"') return json_text(*text);
  fail(name, "must be a string");
  return std::nullopt;
}

template <>
std::optional<std::int64_t> json_fields::optional(std::string_view name) {
  auto const text = raw(name);
  if (!text) return std::nullopt;
  if (auto value = integer(*text)) return value;
  fail(name, "must be an integer");
  return std::nullopt;
}

template <>
std::optional<bool> json_fields::optional(std::string_view name) {
  auto const text = raw(name);
  if (!text) return std::nullopt;
  if (*text == "true" || *text == "false") return *text == "true";
  fail(name, "must be true or false");
  return std::nullopt;
}

template <>
std::optional<raw_json> json_fields::optional(std::string_view name) {
  auto const text = raw(name);
  if (!text) return std::nullopt;
  if (text->front() == '{') return raw_json{std::string{*text}};
  fail(name, "must be an object");
  return std::nullopt;
}

template <>
std::optional<std::vector<std::string>> json_fields::optional(std::string_view name) {
  auto const text = raw(name);
  if (!text) return std::nullopt;
  std::vector<std::string> values;
  if (text->front() == '[') {
    for (std::string_view element : json_elements(*text)) {
      if (element.front() != '"') break;
      values.push_back(json_text(element));
    }
    if (values.size() == json_elements(*text).size()) return values;
  }
  fail(name, "must be an array of strings");
  return std::nullopt;
}

std::optional<std::uint64_t> json_fields::decimal(std::string_view name, int scale) {
  auto const text = raw(name);
  if (!text) return std::nullopt;
  if (auto value = scaled_decimal(*text, scale)) return value;
  fail(name, "must be a number from 0 with at most " + std::to_string(scale) + " decimals");
  return std::nullopt;
}

std::optional<std::int64_t> json_fields::in_range(std::string_view name, std::int64_t low,
                                                  std::int64_t high) {
  auto const text = raw(name);
  if (!text) return std::nullopt;
  auto const value = integer(*text);
  if (value && *value >= low && *value <= high) return value;
  fail(name, "must be an integer from " + std::to_string(low) + " to " + std::to_string(high));
  return std::nullopt;
}

void json_fields::fail(std::string_view name, std::string message) {
  errors_.push_back({prefix_ + std::string{name}, std::move(message)});
}

void json_fields::adopt(std::vector<field_error> errors) {
  for (field_error& e : errors) errors_.push_back(std::move(e));
}

void json_fields::finish() {
  for (member const& m : members_) {
    if (!m.known) fail(m.name, "is not known here");
  }
}

json_array::json_array(std::string_view array) {
  cursor at{array};
  at.take('[');
  rest_ = at.rest();
}

std::optional<std::string_view> json_array::next() {
  cursor at{rest_};
  if (at.peek() == ']' || at.peek() == '\0') return std::nullopt;
  std::string_view const element = at.value();
  at.take(',');
  rest_ = at.rest();
  return element;
}

std::vector<std::string_view> json_elements(std::string_view array) {
  std::vector<std::string_view> elements;
  json_array all{array};
  while (auto element = all.next()) elements.push_back(*element);
  return elements;
}

}  // namespace retrylab
