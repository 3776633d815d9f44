#include "actors/runtime/spawn.hpp"

#include "events/core/assert.hpp"

#include <boost/asio/co_spawn.hpp>

#include <atomic>
#include <exception>

namespace retrylab {
namespace {

std::atomic<std::size_t> live{0};

std::string describe(std::exception_ptr const& error) {
  try {
    std::rethrow_exception(error);
  } catch (std::exception const& e) {
    return e.what();
  }
}

}  // namespace

void spawn(boost::asio::any_io_executor const& executor, std::string name,
           boost::asio::awaitable<void> task) {
  ++live;
  boost::asio::co_spawn(
      executor, std::move(task), [name = std::move(name)](std::exception_ptr const& error) {
        --live;
        if (error)
          assertion_failed("coroutine \"" + name + "\" ended with an exception: " + describe(error),
                           __FILE__, __LINE__);
      });
}

std::size_t live_tasks() { return live; }

}  // namespace retrylab
