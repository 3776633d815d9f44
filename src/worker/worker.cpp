#include "worker/worker.hpp"

#include "actors/executors/find_handler.hpp"
#include "actors/runtime/completion.hpp"
#include "actors/runtime/spawn.hpp"
#include "edge/resident_memory.hpp"
#include "events/core/limits.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"
#include "worker/fetched_job.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include <sysexits.h>

namespace retrylab {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

// {"server":{"description":"RetryLab 0.1.0", …}, …}
bool is_retrylab(std::string_view info) {
  json_fields f{info};
  auto const server = f.optional<raw_json>("server");
  if (!f.ok() || !server) return false;
  json_fields s{server->text};
  return s.optional<std::string>("description").value_or("").starts_with("RetryLab");
}

}  // namespace

worker::worker(asio::any_io_executor io, clock& time, worker_setting setting, callback<int> done)
    : io_(std::move(io)),
      setting_(std::move(setting)),
      done_(std::move(done)),
      timers_(time),
      commands_(io_, time, timers_, setting_.commands),
      webhooks_(io_, time, setting_.webhooks),
      beating_(io_, setting_),
      last_call_(io_) {
  for (std::string const& queue : setting_.queues) fetch_line_.append(1, ' ').append(queue);
  for (std::size_t i = 0; i < setting_.slots; ++i) slots_.emplace_back(io_, setting_);
}

void worker::start() { spawn(io_, "worker", begin()); }

worker::task worker::begin() {
  for (bool is_there = false; !is_there && state_ == worker_state::running;)
    is_there = co_await connected(beating_);
  if (state_ == worker_state::running) {
    auto const info = co_await beating_.client.call("INFO");
    if (info && !is_retrylab(info->text)) {
      spdlog::error("{} is not a RetryLab server", setting_.server.shown);
      co_return end(EX_PROTOCOL);
    }
    spdlog::info("worker {}: {} slots on {}", setting_.who.wid, slots_.size(),
                 setting_.server.shown);
    busy_ = slots_.size();
    for (slot& s : slots_) spawn(io_, "slot", serve(s));
  }
  co_await beat();
}

worker::task worker::serve(slot& s) {
  while (state_ == worker_state::running) {
    bool const is_there = co_await connected(s);
    if (!is_there) continue;
    std::string line = fetch_line_;
    auto const reply = co_await s.client.call(std::move(line));
    if (!reply) continue;
    if (reply->what == faktory_reply::kind::error) {
      spdlog::warn("FETCH was refused: {}", reply->text);
      co_await sleep(s, limits::worker_backoff_max);
    } else if (reply->what == faktory_reply::kind::bulk) {
      std::string json = reply->text;
      co_await run(s, std::move(json));
    }
  }
  s.client.close();
  if (--busy_ == 0) beating_.nap.cancel();
}

worker::task worker::run(slot& s, std::string json) {
  auto job = read_fetched_job(json);
  if (!job) {
    spdlog::error("a job cannot be understood: {}", job.error().why);
    if (job.error().jid.empty()) co_return;
    attempt_outcome bad = attempt_failed{failure_cause::error, {"Protocol", job.error().why}};
    std::string line = report_of(job.error().jid, bad);
    co_return co_await report(s, std::move(line));
  }
  spdlog::debug("job {} begins: attempt {}", job->work.job.value, job->work.attempt);
  attempt_outcome const outcome = co_await attempt(s, std::move(job->work), job->time);
  std::string line = report_of(job->jid, outcome);
  co_await report(s, std::move(line));
}

asio::awaitable<attempt_outcome> worker::attempt(slot& s, attempt_work work, milliseconds time) {
  s.runs = &executor_for(work.spec->type);
  s.fence = work.fence;
  s.is_late = false;
  asio::steady_timer limit{io_, time};
  limit.async_wait([&s, fence = s.fence](error_code ec) {
    if (ec || !s.runs || s.fence != fence) return;
    s.is_late = true;
    s.runs->cancel(fence);
  });
  auto start = [&s, work = std::move(work)](completion<attempt_outcome> waiting) mutable {
    s.runs->start(std::move(work), std::move(waiting).as_callback());
  };
  attempt_outcome outcome = co_await suspend_with<attempt_outcome>(std::move(start));
  s.runs = nullptr;
  limit.cancel();
  if (s.is_late && std::holds_alternative<attempt_stopped>(outcome)) {
    job_error why{"Timeout", "no end in " + std::to_string(time.count()) + " ms"};
    outcome = attempt_failed{failure_cause::timeout, std::move(why)};
  }
  co_return outcome;
}

worker::task worker::report(slot& s, std::string line) {
  for (;;) {
    bool const is_there = co_await connected(s);
    if (!is_there) continue;
    std::string copy = line;
    auto const reply = co_await s.client.call(std::move(copy));
    if (!reply) continue;
    if (reply->what == faktory_reply::kind::error)
      spdlog::warn("{} was refused: {}", line.substr(0, line.find(' ')), reply->text);
    co_return;
  }
}

worker::task worker::beat() {
  while (!is_over()) {
    worker_state const told = state_;
    bool const is_there = co_await connected(beating_);
    if (!is_there) continue;
    std::string line = "BEAT ";
    json_writer w{line};
    w.string("wid", setting_.who.wid);
    if (told != worker_state::running) w.string("current_state", to_string(told));
    w.number("rss_kb", resident_kb()).close();
    auto const reply = co_await beating_.client.call(std::move(line));
    if (!reply) continue;
    if (reply->what == faktory_reply::kind::error) beating_.client.close();
    if (reply->what == faktory_reply::kind::bulk) heard(reply->text);
    if (told == state_ && !is_over()) co_await sleep(beating_, setting_.beat);
  }
  end(EX_OK);
}

asio::awaitable<bool> worker::connected(slot& s) {
  if (s.client.is_open()) co_return true;
  auto const why_not = co_await s.client.open();
  if (!why_not) {
    if (away_) spdlog::info("{} is there", setting_.server.shown);
    away_ = false;
    s.backoff = milliseconds{0};
    co_return true;
  }
  if (!away_) spdlog::warn("{}; trying again", *why_not);
  away_ = true;
  milliseconds const least = limits::worker_backoff_min;
  milliseconds const most = limits::worker_backoff_max;
  s.backoff = std::clamp(s.backoff * 2, least, most);
  co_await sleep(s, s.backoff);
  co_return false;
}

worker::task worker::sleep(slot& s, milliseconds time) {
  s.nap.expires_after(time);
  co_await s.nap.async_wait(quietly);
}

void worker::heard(std::string_view state) {
  json_fields f{state};
  auto const told = f.optional<std::string>("state");
  if (told == "quiet") quiet();
  if (told == "terminate") terminate();
}

void worker::quiet() {
  if (state_ == worker_state::running) go_to(worker_state::quiet);
}

void worker::terminate() {
  if (state_ == worker_state::terminate) return;
  go_to(worker_state::terminate);
  last_call_.expires_after(setting_.grace);
  last_call_.async_wait([this](error_code ec) {
    if (!ec) stop_attempts();
  });
}

void worker::go_to(worker_state state) {
  spdlog::info("{}: no further jobs", to_string(state));
  state_ = state;
  beating_.nap.cancel();  // the server hears of it now, and ends the FETCHes that wait
  for (slot& s : slots_) {
    if (!s.runs) s.nap.cancel();
  }
}

// Nobody waits longer than limits::worker_farewell for what they have to say then.
void worker::stop_attempts() {
  for (slot& s : slots_) {
    if (s.runs) s.runs->cancel(s.fence);
  }
  last_call_.expires_after(limits::worker_farewell);
  last_call_.async_wait([this](error_code ec) {
    if (!ec) end(EX_TEMPFAIL);
  });
}

void worker::end(int code) {
  last_call_.cancel();
  beating_.client.close();
  if (!done_) return;
  callback<int> done = std::move(done_);
  std::move(done)(code);
}

executor& worker::executor_for(std::string_view type) {
  bool const by_name = setting_.commands.contains(type);
  if (by_name || setting_.webhooks.empty()) return commands_;
  if (setting_.webhooks.contains(type)) return webhooks_;
  bool const by_default = setting_.commands.contains(any_type);
  return by_default ? static_cast<executor&>(commands_) : webhooks_;
}

}  // namespace retrylab
