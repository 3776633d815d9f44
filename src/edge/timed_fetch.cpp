#include "edge/timed_fetch.hpp"

#include <boost/asio/steady_timer.hpp>

namespace retrylab {

boost::asio::awaitable<fetch_answer> timed_fetch(engine& core, fetch_request request,
                                                 std::chrono::milliseconds time) {
  auto const timer = std::make_shared<boost::asio::steady_timer>(core.ports().io, time);
  auto start = [&core, timer,
                request = std::move(request)](completion<fetch_answer> waiting) mutable {
    auto const once = std::make_shared<std::optional<completion<fetch_answer>>>(std::move(waiting));
    auto const answer = [once, timer, &core, worker = request.worker](fetch_answer got) {
      core.known().seen(worker);  // it was there all the time
      completion<fetch_answer> first = std::move(**once);
      once->reset();
      timer->cancel();
      first.deliver(std::move(got));
    };
    core.known().asks(request.worker, request.queues);
    fetch_id const id = core.attempts().fetch(std::move(request), answer);
    if (!*once) return;  // answered already
    timer->async_wait([id, once, answer, &core](boost::system::error_code) {
      if (*once && core.attempts().cancel(id)) answer(std::nullopt);
    });
  };
  co_return co_await suspend_with<fetch_answer>(std::move(start));
}

}  // namespace retrylab
