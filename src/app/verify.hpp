#pragma once
// `retrylab verify`: reads a log from its first event to its last and says whether it is what it
// promises to be.

#include <filesystem>

namespace retrylab {

// Prints the figures, or each violation. The exit code is EX_DATAERR when there is one.
[[nodiscard]] int verify(std::filesystem::path const& data);

}  // namespace retrylab
