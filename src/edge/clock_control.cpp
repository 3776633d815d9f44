#include "edge/clock_control.hpp"

#include "edge/projection_wait.hpp"
#include "events/core/limits.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <set>

namespace retrylab {
namespace {

constexpr milliseconds look_again{1};

struct moved {
  std::set<job_id> jobs;
  bool more = false;
};

result<moved, store_failure> read_moved(event_reader& log, seq after, seq until) {
  moved found;
  while (after < until && !found.more) {
    auto const rows = log.read_all(after, limits::page_events);
    if (!rows) return rows.error();
    if (rows->empty()) break;
    for (stored_event const& e : *rows) {
      after = e.seq;
      if (e.job == system_id || e.seq > until || found.jobs.contains(e.job)) continue;
      found.more = found.jobs.size() == limits::moved_jobs;
      if (found.more) break;
      found.jobs.insert(e.job);
    }
  }
  return found;
}

}  // namespace

boost::asio::awaitable<advance_answer> clock_control::advance(advance_wish wish) {
  if (std::exchange(moving_, true)) co_return advance_error::busy;
  advance_answer answer = co_await move(wish);
  moving_ = false;
  co_return answer;
}

boost::asio::awaitable<advance_answer> clock_control::move(advance_wish wish) {
  advance_report report;
  report.from = time_.now();
  report.first = core_.acknowledged();
  for (;;) {
    co_await settle(wish.patience);
    std::optional<timestamp> const next = time_.next_alarm();
    report.arrived = !next || (wish.to && *next > *wish.to);
    if (!report.arrived && !wish.to) {
      std::optional<bool> const moves = co_await anything_moves();
      if (!moves) co_return advance_error::unreadable;
      report.arrived = !*moves;
    }
    if (report.arrived || report.steps == limits::clock_steps) break;
    ++report.steps;
    time_.move_to(*next);
  }
  if (report.arrived && wish.to) time_.move_to(*wish.to);
  report.to = time_.now();
  if (!co_await record(report.to)) co_return advance_error::unrecorded;
  report.last = core_.acknowledged();
  report.unfinished = core_.outside();
  if (!co_await find_moved(report)) co_return advance_error::unreadable;
  co_await until_projected(core_);
  co_return report;
}

// What happens by itself, and what workers do while they may.
boost::asio::awaitable<void> clock_control::settle(milliseconds& patience) {
  boost::asio::steady_timer timer{work_.io()};
  for (;;) {
    co_await work_.settled();
    forget_absent();
    if (core_.outside() == 0 || patience <= milliseconds{0}) co_return;
    timer.expires_after(look_again);
    co_await timer.async_wait(boost::asio::use_awaitable);
    patience -= look_again;
  }
}

void clock_control::called(std::string const& worker) {
  called_.insert_or_assign(worker, stopwatch_());
  core_.known().expect(worker, true);
}

void clock_control::forget_absent() {
  microseconds const oldest = stopwatch_() - limits::poll_gap;
  std::erase_if(called_, [&](auto const& call) {
    if (call.second >= oldest) return false;
    core_.known().expect(call.first, false);
    return true;
  });
}

// Whether time can still change anything for a job. Nothing: the views cannot be read.
boost::asio::awaitable<std::optional<bool>> clock_control::anything_moves() {
  co_await until_projected(core_);
  auto read = [now = time_.now()](readers& r) { return r.jobs->counts(now); };
  auto const counts = co_await read_in(core_.ports().reads, core_.ports().io, read);
  if (!counts || !*counts) co_return std::nullopt;
  status_counts const& total = (*counts)->total;
  auto const count = [&](job_status s) { return total[static_cast<std::size_t>(s)]; };
  co_return count(job_status::scheduled) + count(job_status::retrying) +
          count(job_status::running) >
      0;
}

boost::asio::awaitable<bool> clock_control::record(timestamp to) {
  auto start = [this, to](completion<bool> waiting) {
    core_.note_advance(to, std::move(waiting).as_callback());
  };
  co_return co_await suspend_with<bool>(std::move(start));
}

boost::asio::awaitable<bool> clock_control::find_moved(advance_report& report) {
  auto read = [after = report.first, until = report.last](readers& r) {
    return read_moved(*r.log, after, until);
  };
  auto const found = co_await read_in(core_.ports().reads, core_.ports().io, read);
  if (!found || !*found) co_return false;
  report.jobs.assign((*found)->jobs.begin(), (*found)->jobs.end());
  report.more = (*found)->more;
  co_return true;
}

}  // namespace retrylab
