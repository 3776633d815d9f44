#pragma once
// Command lines out of the bytes of a connection. The socket reads straight into prepare(); next()
// gives views into the same buffer, and looks at each byte once, however the bytes were cut.
//
//   span<char> room = reader.prepare(n); … reader.commit(read);
//   while ((line = reader.next()).state == line_state::complete) run(line.text);
//
// Invariant: bytes before begin_ are used up, [begin_, searched_) hold no newline. A line's text is
// valid until the next prepare(). A line over the limit is told as soon as that is certain; there
// is no way back into step, so the connection must be closed. Not thread-safe.
//
// Source: a request ends with CRLF or a bare LF (server/connection.go reads to '\n' and strips).

#include "events/core/limits.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace retrylab {

enum class line_state : unsigned char { complete, incomplete, too_long };

struct read_line {
  line_state state;
  std::string_view text{};  // without its end
};

class line_reader {
 public:
  explicit line_reader(std::size_t line_bytes_max = limits::faktory_line_bytes)
      : line_bytes_max_(line_bytes_max) {}

  // Room for at least `size` more bytes. Lines given before are gone.
  [[nodiscard]] std::span<char> prepare(std::size_t size);
  // That many bytes of it were filled.
  void commit(std::size_t size) { end_ += size; }
  // Both at once, for bytes that lie elsewhere.
  void feed(std::string_view bytes);

  [[nodiscard]] read_line next();

  // Bytes held that no line was made of yet.
  [[nodiscard]] std::size_t pending() const { return end_ - begin_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

 private:
  void move_to(std::size_t capacity);

  std::size_t line_bytes_max_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t searched_ = 0;
  std::size_t end_ = 0;
  bool too_long_ = false;
};

}  // namespace retrylab
