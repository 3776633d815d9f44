#include "events/json_writer.hpp"

#include <array>
#include <charconv>

namespace retrylab {
namespace {

void append_number(std::string& out, std::int64_t value) {
  std::array<char, 24> text{};
  auto const [end, ec] = std::to_chars(text.data(), text.data() + text.size(), value);
  out.append(text.data(), end);
}

}  // namespace

// RFC 8259 section 7: quote, backslash and the control characters must be escaped, nothing else.
void append_json_string(std::string& out, std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += hex[c >> 4];
        out += hex[c & 15];
    }
  }
  out.append(text, plain);
  out += '"';
}

void json_writer::key(std::string_view name) {
  if (!first_) out_ += ',';
  first_ = false;
  out_ += '"';
  out_ += name;
  out_ += "\":";
}

json_writer& json_writer::string(std::string_view name, std::string_view value) {
  key(name);
  append_json_string(out_, value);
  return *this;
}

json_writer& json_writer::optional_string(std::string_view name,
                                          std::optional<std::string> const& value) {
  return value ? string(name, std::string_view{*value}) : null(name);
}

json_writer& json_writer::number(std::string_view name, std::int64_t value) {
  key(name);
  append_number(out_, value);
  return *this;
}

json_writer& json_writer::number(std::string_view name, std::optional<std::int64_t> value) {
  return value ? number(name, *value) : null(name);
}

json_writer& json_writer::boolean(std::string_view name, bool value) {
  return raw(name, value ? std::string_view{"true"} : std::string_view{"false"});
}

json_writer& json_writer::time(std::string_view name, std::optional<timestamp> value) {
  if (!value) return null(name);
  key(name);
  out_ += '"';
  append_rfc3339(out_, *value);
  out_ += '"';
  return *this;
}

json_writer& json_writer::fixed(std::string_view name, std::uint64_t value, int scale) {
  std::string digits = std::to_string(value);
  auto const places = static_cast<std::size_t>(scale);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  digits.insert(digits.size() - places, 1, '.');
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return raw(name, std::string_view{digits});
}

json_writer& json_writer::strings(std::string_view name, std::span<std::string const> values) {
  key(name);
  out_ += '[';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out_ += ',';
    append_json_string(out_, values[i]);
  }
  out_ += ']';
  return *this;
}

json_writer& json_writer::raw(std::string_view name, std::string_view json) {
  key(name);
  out_ += json;
  return *this;
}

json_writer& json_writer::raw(std::string_view name, std::optional<raw_json> const& json) {
  return json ? raw(name, std::string_view{json->text}) : null(name);
}

json_writer& json_writer::null(std::string_view name) {
  return raw(name, std::string_view{"null"});
}

}  // namespace retrylab
