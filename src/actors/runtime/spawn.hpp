#pragma once
// The only way to start a coroutine. An exception that leaves it is a bug: it is logged with the
// coroutine's name, and the process stops, because nobody else would ever hear of it.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <string>

namespace retrylab {

// `task` owns what it uses: pass values to the coroutine, or references to what outlives it.
void spawn(boost::asio::any_io_executor const& executor, std::string name,
           boost::asio::awaitable<void> task);

// Coroutines started and not ended, in the whole process. A clean shutdown ends with none.
[[nodiscard]] std::size_t live_tasks();

}  // namespace retrylab
