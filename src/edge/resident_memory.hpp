#pragma once
// How much memory this process has in RAM, in KiB. Linux only. Any thread.

#include <cstdint>

namespace retrylab {

[[nodiscard]] std::int64_t resident_kb();

}  // namespace retrylab
