#pragma once
// SHA-256 of a text that comes piece by piece. One thread.

#include "events/chain.hpp"

#include <memory>

namespace retrylab {

class sha256_stream {
 public:
  sha256_stream();
  ~sha256_stream();
  sha256_stream(sha256_stream const&) = delete;
  sha256_stream& operator=(sha256_stream const&) = delete;

  void add(std::string_view bytes);
  // Of all that was added. The end.
  [[nodiscard]] sha256_digest finish();

 private:
  struct context;
  std::unique_ptr<context> context_;
};

}  // namespace retrylab
