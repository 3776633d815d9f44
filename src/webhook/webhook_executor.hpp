#pragma once
// Runs attempts by delivering them to a service over HTTP (docs/handlers.md): a POST with the
// payload as its body, who asks in the headers, the status as the outcome. Where it goes is
// configured for a type of job; nothing of a job decides it. Io thread only.

#include "actors/runtime/clock.hpp"
#include "webhook/webhook_call.hpp"

#include <boost/asio/steady_timer.hpp>

namespace retrylab {

class webhook_executor final : public executor {
 public:
  webhook_executor(boost::asio::any_io_executor io, clock& time, webhook_handlers handlers);
  void start(attempt_work work, callback<attempt_outcome> done) override;
  void cancel(seq fence) override;
  void forget(seq fence) override;

 private:
  struct attempt {
    std::shared_ptr<webhook_call> call;
    callback<attempt_outcome> done;
    std::unique_ptr<boost::asio::steady_timer> timer;
  };
  boost::asio::awaitable<void> deliver(std::uint64_t fence, std::shared_ptr<webhook_call> call,
                                       webhook_handler const& handler);
  void late(std::uint64_t fence, std::string const& shown);
  void finish(std::uint64_t fence, attempt_outcome outcome);

  boost::asio::any_io_executor io_;
  clock& clock_;
  webhook_handlers handlers_;
  std::map<std::uint64_t, attempt> running_;  // by fence
};

// What is sent. Pure.
[[nodiscard]] webhook_request request_of(attempt_work const& work, webhook_handler const& handler,
                                         timestamp now);

}  // namespace retrylab
