#pragma once
// Reads what a server answers on one connection. Bytes go into space(); next() says whether what
// was asked is answered. Not thread-safe.

#include <span>
#include <string_view>

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

class answer_reader {
 public:
  virtual ~answer_reader() = default;
  // Room for at least 1 KiB. Drops the answer that was read last.
  [[nodiscard]] virtual std::span<char> space() = 0;
  virtual void commit(std::size_t bytes) = 0;
  // After `complete`, last() is the answer, and a further call looks for the one behind it.
  [[nodiscard]] virtual read_state next() = 0;
  [[nodiscard]] virtual answer const& last() const = 0;
  virtual void reset() = 0;
};

}  // namespace retrylab::bench
