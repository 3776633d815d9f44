#pragma once
// Reads the answers of one keep-alive connection, as small as a load generator needs it: status
// line, Content-Length, Connection, Link. Bytes go into space(); next() says whether an answer is
// complete.
//
// Bounds: a header of 64 KiB, a body of 64 MiB. An answer without Content-Length is malformed,
// unless its status has no body (1xx, 204, 304). Not thread-safe.

#include "bench/answer_reader.hpp"

#include <cstddef>
#include <vector>

namespace retrylab::bench {

class response_reader final : public answer_reader {
 public:
  [[nodiscard]] std::span<char> space() override;
  void commit(std::size_t bytes) override { end_ += bytes; }
  [[nodiscard]] read_state next() override;
  [[nodiscard]] answer const& last() const override { return last_; }
  // Bytes behind the last answer: after 101 they belong to another protocol.
  [[nodiscard]] std::string_view rest() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void reset() override;

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
