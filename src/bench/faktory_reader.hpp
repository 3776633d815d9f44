#pragma once
// Reads the replies to a group of commands of the Faktory Work Protocol as one answer: status 200
// when none is an error, else 500; the body is that of the last bulk, empty when there was none.
// A reply has 64 MiB at most.

#include "bench/answer_reader.hpp"

#include <vector>

namespace retrylab::bench {

class faktory_reader final : public answer_reader {
 public:
  // Replies that make an answer.
  explicit faktory_reader(std::size_t replies) : expected_(replies), missing_(replies) {}

  [[nodiscard]] std::span<char> space() override;
  void commit(std::size_t bytes) override { end_ += bytes; }
  [[nodiscard]] read_state next() override;
  [[nodiscard]] answer const& last() const override { return last_; }
  void reset() override;

 private:
  [[nodiscard]] read_state next_reply();

  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of what no reply has taken
  std::size_t end_ = 0;
  std::size_t expected_;
  std::size_t missing_;
  bool had_error_ = false;
  std::size_t body_begin_ = 0;
  std::size_t body_size_ = 0;
  answer last_;
};

}  // namespace retrylab::bench
