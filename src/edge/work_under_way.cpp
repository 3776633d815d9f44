#include "edge/work_under_way.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace retrylab {
namespace {

// A handler may post another one, which posts another one … which begins something: more of these
// in a row than anything here does.
constexpr int quiet_turns = 16;

}  // namespace

void work_under_way::ends() {
  if (--count_ > 0) return;
  for (completion<bool>& waiting : std::exchange(waiting_, {})) waiting.deliver(true);
}

boost::asio::awaitable<void> work_under_way::until_none() {
  if (count_ == 0) co_return;
  auto start = [this](completion<bool> waiting) { waiting_.push_back(std::move(waiting)); };
  co_await suspend_with<bool>(std::move(start));
}

boost::asio::awaitable<void> work_under_way::settled() {
  for (int quiet = 0; quiet < quiet_turns;) {
    co_await until_none();
    std::uint64_t const before = begun_;
    co_await boost::asio::post(io_, boost::asio::use_awaitable);
    quiet = begun_ == before && count_ == 0 ? quiet + 1 : 0;
  }
}

void watched_log::append(append_batch batch, callback<append_reply> answer) {
  work_.begins();
  auto heard = [this, answer = std::move(answer)](append_reply reply) mutable {
    std::move(answer)(reply);
    work_.ends();
  };
  log_.append(std::move(batch), std::move(heard));
}

bool watched_reads::submit(task work) {
  work_.begins();
  auto watched = [this, work = std::move(work)](readers* r) mutable {
    std::move(work)(r);  // posts its answer, which therefore comes first
    boost::asio::post(work_.io(), [this] { work_.ends(); });
  };
  bool const taken = pool_.submit(std::move(watched));
  if (!taken) work_.ends();
  return taken;
}

}  // namespace retrylab
