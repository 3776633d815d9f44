#pragma once
// A function that is called at most once, with one value, on the io thread. Move-only, so it may
// own what it answers.

#include <boost/asio/any_completion_handler.hpp>

namespace retrylab {

template <class T>
using callback = boost::asio::any_completion_handler<void(T)>;

}  // namespace retrylab
