#pragma once
// What is configured for a type of job: by its name, or for any type that has no entry of its own.

#include <string_view>

namespace retrylab {

inline constexpr std::string_view any_type{};  // no job has it

// By-type map to iterator; end() when nothing is configured.
template <class Handlers>
[[nodiscard]] auto find_handler(Handlers const& handlers, std::string_view type) {
  auto const found = handlers.find(type);
  return found != handlers.end() ? found : handlers.find(any_type);
}

}  // namespace retrylab
