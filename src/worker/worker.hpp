#pragma once
// A worker as a process of its own (docs/handlers.md): takes jobs from a server over the Faktory
// Work Protocol and runs them with the executors of the server itself. Each slot has a connection,
// and takes, runs and reports one job at a time; one more connection beats. What was fetched is
// reported, however long the server is away. Io thread only.

#include "actors/executors/command_executor.hpp"
#include "actors/workers.hpp"
#include "webhook/webhook_executor.hpp"
#include "worker/faktory_client.hpp"

#include <boost/asio/steady_timer.hpp>

#include <deque>

namespace retrylab {

struct worker_setting {
  server_url server;
  worker_identity who;
  std::vector<std::string> queues;  // the first that has a job gives it
  std::size_t slots = 10;
  milliseconds beat{};
  milliseconds grace{};  // that jobs get to end after terminate()
  command_handlers commands{};
  webhook_handlers webhooks{};
};

class worker {
 public:
  // `done` gets the exit code (sysexits.h) once nothing runs any more.
  worker(boost::asio::any_io_executor io, clock& time, worker_setting setting, callback<int> done);
  worker(worker const&) = delete;
  worker& operator=(worker const&) = delete;

  void start();
  // No further job; those that run go on. There is no way back.
  void quiet();
  // The same, and the end when they have ended.
  void terminate();

 private:
  struct slot {
    explicit slot(boost::asio::any_io_executor const& io, worker_setting const& setting)
        : client(io, setting.server, setting.who), nap(io) {}
    faktory_client client;
    boost::asio::steady_timer nap;  // before the next try to connect
    milliseconds backoff{};
    executor* runs = nullptr;
    seq fence{};
    bool is_late = false;  // the attempt was stopped, because its time was over
  };
  using task = boost::asio::awaitable<void>;

  task begin();
  task serve(slot& s);
  task run(slot& s, std::string json);
  boost::asio::awaitable<attempt_outcome> attempt(slot& s, attempt_work work, milliseconds time);
  task report(slot& s, std::string line);
  task beat();
  // Whether it is connected now; else it has waited a while.
  boost::asio::awaitable<bool> connected(slot& s);
  task sleep(slot& s, milliseconds time);
  [[nodiscard]] bool is_over() const { return state_ == worker_state::terminate && busy_ == 0; }
  void heard(std::string_view state);
  void go_to(worker_state state);
  void stop_attempts();
  void end(int code);
  executor& executor_for(std::string_view type);

  boost::asio::any_io_executor io_;
  worker_setting setting_;
  callback<int> done_;
  deadlines timers_;
  command_executor commands_;
  webhook_executor webhooks_;
  slot beating_;
  std::deque<slot> slots_;
  boost::asio::steady_timer last_call_;
  std::string fetch_line_ = "FETCH";
  worker_state state_ = worker_state::running;
  std::size_t busy_ = 0;  // slots that have not ended
  bool away_ = false;     // the server is, and that was said
};

}  // namespace retrylab
