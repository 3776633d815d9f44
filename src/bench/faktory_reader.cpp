#include "bench/faktory_reader.hpp"

#include <charconv>
#include <cstring>

namespace retrylab::bench {
namespace {

constexpr std::size_t room = 64 * 1024;
constexpr std::size_t line_max = 64 * 1024;
constexpr std::size_t bulk_max = 64 * 1024 * 1024;
constexpr std::string_view line_end = "\r\n";

}  // namespace

std::span<char> faktory_reader::space() {
  if (missing_ == expected_ && begin_ > 0) {  // nothing refers to the front any more
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() - end_ < room) buffer_.resize(end_ + room);
  return {buffer_.data() + end_, buffer_.size() - end_};
}

read_state faktory_reader::next() {
  if (missing_ == expected_) {
    had_error_ = false;
    body_size_ = 0;
  }
  while (missing_ > 0) {
    read_state const state = next_reply();
    if (state != read_state::complete) return state;
    --missing_;
  }
  missing_ = expected_;
  last_ = answer{had_error_ ? 500U : 200U, {buffer_.data() + body_begin_, body_size_}};
  return read_state::complete;
}

read_state faktory_reader::next_reply() {
  std::string_view const have{buffer_.data() + begin_, end_ - begin_};
  std::size_t const line = have.find(line_end);
  if (line == std::string_view::npos)
    return have.size() > line_max ? read_state::malformed : read_state::incomplete;
  std::size_t const rest = line + line_end.size();
  bool const is_simple = have.front() == '+' || have.front() == '-';
  if (is_simple || have.substr(0, line) == "$-1") {
    had_error_ = had_error_ || have.front() == '-';
    begin_ += rest;
    return read_state::complete;
  }
  std::size_t size = 0;
  auto const [end, bad] = std::from_chars(have.data() + 1, have.data() + line, size);
  bool const is_bulk = have.front() == '$' && bad == std::errc{} && end == have.data() + line;
  if (!is_bulk || size > bulk_max) return read_state::malformed;
  if (have.size() < rest + size + line_end.size()) return read_state::incomplete;
  body_begin_ = begin_ + rest;
  body_size_ = size;
  begin_ += rest + size + line_end.size();
  return read_state::complete;
}

void faktory_reader::reset() {
  begin_ = end_ = 0;
  missing_ = expected_;
}

}  // namespace retrylab::bench
