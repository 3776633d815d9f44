#include "faktory/line_reader.hpp"

#include <algorithm>
#include <cstring>

namespace retrylab {

// Pending bytes go to the front, of this buffer or of another one.
void line_reader::move_to(std::size_t capacity) {
  std::size_t const kept = pending();
  if (capacity == capacity_) {
    if (kept > 0) std::memmove(buffer_.get(), buffer_.get() + begin_, kept);
  } else {
    auto other = std::make_unique_for_overwrite<char[]>(capacity);
    if (kept > 0) std::memcpy(other.get(), buffer_.get() + begin_, kept);
    buffer_ = std::move(other);
    capacity_ = capacity;
  }
  searched_ -= begin_;
  begin_ = 0;
  end_ = kept;
}

std::span<char> line_reader::prepare(std::size_t size) {
  std::size_t const needed = pending() + size;
  bool const oversized = capacity_ > limits::faktory_idle_buffer_bytes;
  if (pending() == 0) {
    begin_ = searched_ = end_ = 0;
    if (oversized && size <= limits::faktory_idle_buffer_bytes)
      move_to(limits::faktory_idle_buffer_bytes);
  }
  if (capacity_ - end_ < size) {
    // Moving is cheap while it makes half of the buffer free; else the buffer doubles.
    move_to(needed <= capacity_ / 2 ? capacity_ : std::max(needed, 2 * capacity_));
  }
  return {buffer_.get() + end_, capacity_ - end_};
}

void line_reader::feed(std::string_view bytes) {
  std::span<char> const room = prepare(bytes.size());
  std::copy(bytes.begin(), bytes.end(), room.begin());
  commit(bytes.size());
}

read_line line_reader::next() {
  if (too_long_) return {line_state::too_long};
  std::string_view const unsearched{buffer_.get() + searched_, end_ - searched_};
  std::size_t const found = unsearched.find('\n');
  if (found == std::string_view::npos) {
    searched_ = end_;
    // The last byte may be the CR of an end that is not here yet.
    too_long_ = pending() > line_bytes_max_ + 1;
    return {too_long_ ? line_state::too_long : line_state::incomplete};
  }
  std::string_view line{buffer_.get() + begin_, searched_ + found - begin_};
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() > line_bytes_max_) {
    too_long_ = true;
    return {line_state::too_long};
  }
  begin_ = searched_ = searched_ + found + 1;
  return {line_state::complete, line};
}

}  // namespace retrylab
