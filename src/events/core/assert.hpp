#pragma once
// A broken assumption is a bug: say where, and stop before a wrong event reaches the log. On in
// every build.

#include <string_view>

namespace retrylab {

[[noreturn]] void assertion_failed(std::string_view what, char const* file, int line);

}  // namespace retrylab

#define RETRYLAB_ASSERT(condition, what) \
  ((condition) ? static_cast<void>(0) : ::retrylab::assertion_failed(what, __FILE__, __LINE__))
