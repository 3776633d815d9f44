#include "http/framing_gate.hpp"

#include "events/core/limits.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 7> methods{"GET",    "HEAD",  "POST",   "PUT",
                                                  "DELETE", "PATCH", "OPTIONS"};
constexpr std::size_t length_digits = 10;

framing refuse(unsigned status, std::string detail) {
  return {0, framing_error{status, std::move(detail)}};
}

bool same_name(std::string_view a, std::string_view b) {
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  std::size_t const from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

// Takes a line off the front, without its CRLF. A bare CR or LF stays inside and is found there.
std::string_view take_line(std::string_view& text) {
  std::size_t const end = text.find("\r\n");
  std::string_view const line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
  return line;
}

// Many jobs come in one body.
std::size_t body_limit(std::string_view request_line) {
  return request_line.starts_with("POST /jobs/bulk ") ? limits::bulk_body_bytes
                                                      : limits::body_bytes;
}

std::optional<framing_error> check_request_line(std::string_view line) {
  std::size_t const first = line.find(' ');
  std::size_t const last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return framing_error{400, "the request line is not METHOD TARGET HTTP/1.1"};
  std::string_view const target = line.substr(first + 1, last - first - 1);
  if (line.substr(last + 1) != "HTTP/1.1")
    return framing_error{400, "the protocol must be HTTP/1.1"};
  if (target.empty() || target.front() != '/' || target.find(' ') != std::string_view::npos) {
    return framing_error{400, "the target must be a path"};
  }
  if (std::find(methods.begin(), methods.end(), line.substr(0, first)) == methods.end()) {
    return framing_error{501, "this method is not known"};
  }
  return std::nullopt;
}

}  // namespace

framing check_framing(std::string_view header) {
  std::string_view const request_line = take_line(header);
  if (auto error = check_request_line(request_line)) return {0, std::move(error)};
  framing found;
  std::size_t fields = 0;
  std::size_t hosts = 0;
  std::size_t lengths = 0;
  for (std::string_view line = take_line(header); !line.empty(); line = take_line(header)) {
    if (line.front() == ' ' || line.front() == '\t') return refuse(400, "a header line is folded");
    if (line.find_first_of(std::string_view{"\r\n\0", 3}) != std::string_view::npos)
      return refuse(400, "a header line has a bare CR, LF or NUL");
    std::size_t const colon = line.find(':');
    if (colon == std::string_view::npos) return refuse(400, "a header line has no colon");
    if (++fields > limits::header_fields)
      return refuse(431, "more than " + std::to_string(limits::header_fields) + " header fields");
    std::string_view const name = line.substr(0, colon);
    std::string_view const value = trimmed(line.substr(colon + 1));
    if (same_name(name, "Transfer-Encoding"))
      return refuse(411, "send the body with Content-Length, not with Transfer-Encoding");
    if (same_name(name, "Host")) ++hosts;
    if (!same_name(name, "Content-Length")) continue;
    auto const [end, ec] =
        std::from_chars(value.data(), value.data() + value.size(), found.content_length);
    bool const digits = !value.empty() && value.size() <= length_digits &&
                        value.find_first_not_of("0123456789") == std::string_view::npos;
    if (++lengths > 1 || !digits || ec != std::errc{})
      return refuse(400, "Content-Length must be one number");
  }
  if (hosts != 1) return refuse(400, "exactly one Host field is required");
  std::size_t const most = body_limit(request_line);
  if (found.content_length > most)
    return refuse(413, "the body is larger than " + std::to_string(most) + " bytes");
  return found;
}

}  // namespace retrylab
