#include "edge/timed_fetch.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace retrylab {

namespace {

// What a rule for faults has to say before a FETCH is looked at: it waits, or gets a job that
// another worker holds.
boost::asio::awaitable<fetch_answer> faults_before(engine& core, fetch_request const& request) {
  fault_subject subject{request.worker, request.queues};
  if (core.faults().may(fault_kind::delay_fetch)) {
    auto const late = co_await ask_fault(core, fault_kind::delay_fetch, subject);
    if (late) {
      boost::asio::steady_timer timer{core.ports().io, late->delay};
      co_await timer.async_wait(boost::asio::use_awaitable);
    }
  }
  if (!core.faults().may(fault_kind::deliver_twice)) co_return std::nullopt;
  auto start = [&core, &request](completion<fetch_answer> waiting) {
    core.faults().duplicate(request.worker, request.queues, std::move(waiting).as_callback());
  };
  co_return co_await suspend_with<fetch_answer>(std::move(start));
}

}  // namespace

boost::asio::awaitable<std::optional<fault_rule>> ask_fault(engine& core, fault_kind kind,
                                                            fault_subject subject) {
  if (!core.faults().may(kind)) co_return std::nullopt;
  using answer = std::optional<fault_rule>;
  auto start = [&core, kind, subject = std::move(subject)](completion<answer> waiting) mutable {
    core.faults().ask(kind, std::move(subject), std::move(waiting).as_callback());
  };
  co_return co_await suspend_with<answer>(std::move(start));
}

boost::asio::awaitable<fetch_answer> timed_fetch(engine& core, fetch_request request,
                                                 std::chrono::milliseconds time) {
  bool const faulty = core.faults().enabled() && !core.faults().rules().empty();
  if (faulty) {
    fetch_answer again = co_await faults_before(core, request);
    if (again) co_return again;
  }
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
  fetch_answer got = co_await suspend_with<fetch_answer>(std::move(start));
  if (got && core.faults().enabled()) core.faults().granted(*got);
  co_return got;
}

}  // namespace retrylab
