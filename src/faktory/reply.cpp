#include "faktory/reply.hpp"

#include "events/core/limits.hpp"
#include "events/text_cut.hpp"

#include <array>
#include <charconv>

namespace retrylab {
namespace {

std::string_view name(reply_code code) {
  switch (code) {
    case reply_code::err:
      return "ERR";
    case reply_code::notunique:
      return "NOTUNIQUE";
    case reply_code::shutdown:
      return "SHUTDOWN";
  }
  return "ERR";
}

}  // namespace

void append_simple(std::string& out, std::string_view text) {
  out += '+';
  append_one_line(out, text, limits::faktory_error_reply_bytes);
  out += "\r\n";
}

void append_error(std::string& out, reply_error const& error) {
  out += '-';
  out += name(error.code);
  out += ' ';
  append_one_line(out, error.text, limits::faktory_error_reply_bytes);
  out += "\r\n";
}

void append_bulk(std::string& out, std::string_view bytes) {
  std::array<char, 24> length{};
  auto const [end, ec] = std::to_chars(length.data(), length.data() + length.size(), bytes.size());
  out.reserve(out.size() + bytes.size() + length.size());
  out += '$';
  out.append(length.data(), end);
  out += "\r\n";
  out += bytes;
  out += "\r\n";
}

std::string bulk_error_text(reply_error const& error) {
  std::string text;
  if (error.code != reply_code::err) text.append(name(error.code)) += ' ';
  append_one_line(text, error.text, limits::faktory_error_reply_bytes);
  return text;
}

}  // namespace retrylab
