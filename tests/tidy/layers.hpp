#pragma once
// The laws of docs/architecture.md about what may include what.

#include "source_file.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab::tidy {

using findings = std::vector<std::string>;  // "file:line: what is wrong; what to do instead"

// The layer of a file under src/, path relative to the checkout; nothing for a file that has no
// place there.
[[nodiscard]] std::optional<int> layer_of(std::string_view path);

// Each takes all C++ files under src/.
[[nodiscard]] findings check_layers(std::vector<source_file> const& files);
[[nodiscard]] findings check_circles(std::vector<source_file> const& files);
[[nodiscard]] findings check_include_laws(std::vector<source_file> const& files);

}  // namespace retrylab::tidy
