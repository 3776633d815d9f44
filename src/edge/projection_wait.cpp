#include "edge/projection_wait.hpp"

#include "events/core/limits.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>

namespace retrylab {

boost::asio::awaitable<std::uint64_t> until_projected(engine& core) {
  seq const wanted = core.acknowledged();
  if (core.feed().newest() >= wanted) co_return 0;
  core.ports().hurry_projection();
  auto const timer =
      std::make_shared<boost::asio::steady_timer>(core.ports().io, limits::read_your_writes_wait);
  auto start = [&core, wanted, timer](completion<bool> waiting) {
    // Whichever comes first answers; the other finds it answered.
    auto const once = std::make_shared<std::optional<completion<bool>>>(std::move(waiting));
    auto const answer = [once](bool reached) {
      if (!*once) return;
      completion<bool> first = std::move(**once);
      once->reset();
      first.deliver(reached);
    };
    timer->async_wait([answer, timer](boost::system::error_code) { answer(false); });
    core.feed().when_reached(wanted, [answer, timer](bool) {
      answer(true);
      timer->cancel();
    });
  };
  co_await suspend_with<bool>(std::move(start));
  seq const reached = core.feed().newest();
  co_return reached < wanted ? wanted.value - reached.value : 0;
}

}  // namespace retrylab
