#include "bench/response_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

namespace retrylab::bench {
namespace {

constexpr std::size_t initial_bytes = 4096;
constexpr std::size_t room_min = 1024;
constexpr std::size_t header_max = 64 * 1024;
constexpr std::size_t body_max = 64 * 1024 * 1024;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view lower_case) {
  return std::ranges::equal(a, lower_case, [](char x, char y) { return lower(x) == y; });
}

template <class T>
std::optional<T> number(std::string_view digits) {
  T value{};
  auto const [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (ec != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// RFC 8288, as far as our server writes it: <target>; rel="next"
std::string_view next_of(std::string_view link) {
  std::size_t const relation = link.find("rel=\"next\"");
  if (relation == std::string_view::npos) return {};
  std::size_t const close = link.rfind('>', relation);
  std::size_t const open = link.rfind('<', close);
  if (close == std::string_view::npos || open == std::string_view::npos) return {};
  return link.substr(open + 1, close - open - 1);
}

bool has_no_body(unsigned status) { return status < 200 || status == 204 || status == 304; }

}  // namespace

std::span<char> response_reader::space() {
  last_ = {};  // its views dangle from here on
  if (begin_ == end_) begin_ = end_ = 0;
  if (buffer_.size() - end_ < room_min && begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  std::size_t const wanted = std::max(end_ + room_min, begin_ + expected_);
  if (buffer_.size() < wanted) buffer_.resize(std::max(wanted, initial_bytes));
  return {buffer_.data() + end_, buffer_.size() - end_};
}

read_state response_reader::next() {
  std::string_view const bytes = rest();
  if (bytes.size() < expected_) return read_state::incomplete;
  std::size_t const header = bytes.find("\r\n\r\n");
  if (header == std::string_view::npos)
    return bytes.size() > header_max ? read_state::malformed : read_state::incomplete;
  if (!read_header(bytes.substr(0, header + 2))) return read_state::malformed;
  expected_ = header + 4 + body_size_;
  if (bytes.size() < expected_) return read_state::incomplete;
  last_.body = bytes.substr(header + 4, body_size_);
  begin_ += expected_;
  expected_ = 0;
  return read_state::complete;
}

void response_reader::reset() { begin_ = end_ = expected_ = 0; }

// "HTTP/1.1 201 Created\r\n" and the fields, each with its line end.
bool response_reader::read_header(std::string_view header) {
  last_ = {};
  if (!header.starts_with("HTTP/1.") || header.size() < 14) return false;
  auto const status = number<unsigned>(header.substr(9, 3));
  if (!status || header[8] != ' ') return false;
  last_.status = *status;
  last_.keep_alive = header[7] == '1';
  std::optional<std::size_t> length;
  std::size_t at = header.find("\r\n") + 2;
  for (std::size_t end = 0; at < header.size(); at = end + 2) {
    end = header.find("\r\n", at);
    std::string_view const line = header.substr(at, end - at);
    std::size_t const colon = line.find(':');
    if (colon == std::string_view::npos) return false;
    std::string_view const name = line.substr(0, colon);
    std::string_view const value = trimmed(line.substr(colon + 1));
    if (same_name(name, "content-length")) {
      length = number<std::size_t>(value);
      if (!length || *length > body_max) return false;
    } else if (same_name(name, "connection")) {
      last_.keep_alive = !same_name(value, "close");
    } else if (same_name(name, "link")) {
      last_.next = next_of(value);
    }
  }
  body_size_ = has_no_body(last_.status) ? 0 : length.value_or(0);
  return length || has_no_body(last_.status);
}

}  // namespace retrylab::bench
