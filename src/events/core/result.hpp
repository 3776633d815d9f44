#pragma once
// Errors are values: `auto x = f(); if (!x) return x.error();`

#include <boost/system/result.hpp>

namespace retrylab {

template <class T, class E>
using result = boost::system::result<T, E>;

// std::visit with one lambda a case and no catch-all, so that a new alternative breaks the build
// where it matters.
template <class... Cases>
struct overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
overloaded(Cases...) -> overloaded<Cases...>;

}  // namespace retrylab
