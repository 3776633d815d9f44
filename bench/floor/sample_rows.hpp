#pragma once
// Rows with the bytes that the product writes: job after job, each Created, Attempted, Succeeded.

#include "floor/bare_table.hpp"

namespace retrylab::floor {

// Row `n` of an endless sequence, from 0; the same `n` gives the same bytes.
[[nodiscard]] row sample_row(std::uint64_t n);

}  // namespace retrylab::floor
