#pragma once
// A function that is called at most once, with one value, on the io thread. Move-only, so it may
// own what it answers. It is only ever constructed: Boost 1.81's move assignment of a handler calls
// itself for ever.

#include <boost/asio/any_completion_handler.hpp>

namespace retrylab {

template <class T>
using callback = boost::asio::any_completion_handler<void(T)>;

}  // namespace retrylab
