#pragma once
// The built dashboard, embedded in the binary.

#include <span>
#include <string_view>

namespace retrylab {

struct ui_asset {
  std::string_view path;  // below /ui/, as in "assets/index-4f2a.js"
  std::string_view bytes;
  std::string_view gzip;  // the same, compressed; empty when that is not smaller
};

using ui_assets = std::span<ui_asset const>;

// Made by the build from ui/dist.
[[nodiscard]] ui_assets embedded_ui();

}  // namespace retrylab
