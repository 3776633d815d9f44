#pragma once
// Reads the answers of one keep-alive connection, as small as a load generator needs it: status
// line, Content-Length, Connection, Link. Bytes go into space(); next() says whether an answer is
// complete.
//
// Bounds: a header of 64 KiB, a body of 64 MiB. An answer without Content-Length is malformed,
// unless its status has no body (1xx, 204, 304). Not thread-safe.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace retrylab::bench {

// Views into the reader: valid until its space() is next called.
struct answer {
  unsigned status = 0;
  std::string_view body{};
  std::string_view next{};  // target of Link: <…>; rel="next"; empty when there is none
  bool keep_alive = true;
  [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
};

enum class read_state : unsigned char { incomplete, complete, malformed };

class response_reader {
 public:
  // Room for at least 1 KiB. Drops the answer that was read last.
  [[nodiscard]] std::span<char> space();
  void commit(std::size_t bytes) { end_ += bytes; }
  // After `complete`, last() is the answer, and a further call looks for the one behind it.
  [[nodiscard]] read_state next();
  [[nodiscard]] answer const& last() const { return last_; }
  // Bytes behind the last answer: after 101 they belong to another protocol.
  [[nodiscard]] std::string_view rest() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void reset();

 private:
  bool read_header(std::string_view header);

  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of what no answer has taken
  std::size_t end_ = 0;
  std::size_t body_size_ = 0;
  std::size_t expected_ = 0;  // bytes of the answer that is being read; 0: not known
  answer last_;
};

}  // namespace retrylab::bench
