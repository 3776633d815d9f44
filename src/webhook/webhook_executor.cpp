#include "webhook/webhook_executor.hpp"

#include "actors/executors/find_handler.hpp"
#include "actors/runtime/spawn.hpp"
#include "events/core/limits.hpp"
#include "webhook/webhook_signature.hpp"

#include <boost/asio/post.hpp>

namespace retrylab {
namespace {

namespace http = boost::beast::http;

attempt_failed no_handler(std::string const& type) {
  return {failure_cause::error, {"NotStarted", "no webhook is configured for " + type}};
}

}  // namespace

webhook_request request_of(attempt_work const& work, webhook_handler const& handler,
                           timestamp now) {
  webhook_request request{http::verb::post, handler.target.path, 11};
  for (auto const& [name, value] : handler.headers) request.set(name, value);
  std::string const job = std::to_string(work.job.value);
  std::string const key = job + "-" + std::to_string(work.generation);
  request.set(http::field::host, handler.target.authority);
  request.set(http::field::user_agent, "RetryLab/" RETRYLAB_VERSION);
  request.set(http::field::content_type, "application/json");
  request.set(http::field::connection, "close");
  request.set("X-RetryLab-Job", job);
  request.set("X-RetryLab-Type", work.spec->type);
  request.set("X-RetryLab-Queue", work.spec->queue);
  request.set("X-RetryLab-Attempt", std::to_string(work.attempt));
  request.set("X-RetryLab-Fence", std::to_string(work.fence.value));
  request.set("X-RetryLab-Idempotency-Key", key);
  request.body() = work.spec->payload.text;
  if (!handler.secret.empty()) {
    std::int64_t const seconds = to_micros(now) / 1'000'000;
    request.set("webhook-id", key);
    request.set("webhook-timestamp", std::to_string(seconds));
    request.set("webhook-signature",
                webhook_signature(handler.secret, key, seconds, request.body()));
  }
  request.prepare_payload();
  return request;
}

webhook_executor::webhook_executor(boost::asio::any_io_executor io, clock& time,
                                   webhook_handlers handlers)
    : io_(std::move(io)), clock_(time), handlers_(std::move(handlers)) {}

void webhook_executor::start(attempt_work work, callback<attempt_outcome> done) {
  auto const found = find_handler(handlers_, work.spec->type);
  if (found == handlers_.end()) {  // the edge refuses such jobs; the configuration has changed
    return boost::asio::post(io_, [done = std::move(done), type = work.spec->type]() mutable {
      std::move(done)(no_handler(type));
    });
  }
  webhook_handler const& handler = found->second;
  std::uint64_t const fence = work.fence.value;
  auto call = std::make_shared<webhook_call>(io_, handler, request_of(work, handler, clock_.now()));
  auto timer = std::make_unique<boost::asio::steady_timer>(io_, limits::webhook_time);
  timer->async_wait([this, fence, &handler](boost::system::error_code ec) {
    if (!ec) late(fence, handler.target.shown);
  });
  running_.emplace(fence, attempt{call, std::move(done), std::move(timer)});
  spawn(io_, "webhook", deliver(fence, std::move(call), handler));
}

boost::asio::awaitable<void> webhook_executor::deliver(std::uint64_t fence,
                                                       std::shared_ptr<webhook_call> call,
                                                       webhook_handler const& handler) {
  call_answer answer = co_await webhook_call::run(std::move(call));
  if (answer) {
    finish(fence, outcome_of(*answer, handler.target.shown, handler.keep_body, clock_.now()));
  } else {
    finish(fence, attempt_failed{failure_cause::error, std::move(answer.error())});
  }
}

void webhook_executor::late(std::uint64_t fence, std::string const& shown) {
  auto const found = running_.find(fence);
  if (found == running_.end()) return;
  found->second.call->abort();
  job_error why{"Timeout",
                shown + ": no answer in " + std::to_string(limits::webhook_time.count()) + " s"};
  finish(fence, attempt_failed{failure_cause::timeout, std::move(why)});
}

// An attempt that nobody waits for any more has left running_.
void webhook_executor::finish(std::uint64_t fence, attempt_outcome outcome) {
  auto const found = running_.find(fence);
  if (found == running_.end()) return;
  attempt over = std::move(found->second);
  running_.erase(found);
  std::move(over.done)(std::move(outcome));
}

// Whether the service has done its work by now cannot be known.
void webhook_executor::cancel(seq fence) {
  auto const found = running_.find(fence.value);
  if (found == running_.end()) return;
  found->second.call->abort();
  boost::asio::post(io_, [this, fence] { finish(fence.value, attempt_stopped{}); });
}

void webhook_executor::forget(seq fence) {
  auto const found = running_.find(fence.value);
  if (found == running_.end()) return;
  found->second.call->abort();
  running_.erase(found);
}

}  // namespace retrylab
