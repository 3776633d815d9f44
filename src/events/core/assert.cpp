#include "events/core/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace retrylab {

void assertion_failed(std::string_view what, char const* file, int line) {
  std::fprintf(stderr, "retrylab: bug: %.*s (%s:%d)\n", static_cast<int>(what.size()), what.data(),
               file, line);
  std::abort();
}

}  // namespace retrylab
