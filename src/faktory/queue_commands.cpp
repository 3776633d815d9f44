// QUEUE, FLUSH and MUTATE: what is done to many jobs at once. Nothing is deleted: jobs are
// cancelled or discarded, and their history stays.

#include "edge/projection_wait.hpp"
#include "events/json_writer.hpp"
#include "faktory/conversion.hpp"
#include "faktory/mutate_request.hpp"
#include "faktory/queue_request.hpp"
#include "faktory/session.hpp"

#include <fmt/format.h>

namespace retrylab {
namespace {

using names = std::vector<std::string>;

boost::asio::awaitable<names> known_queues(faktory_session& s) {
  co_await until_projected(s.core());
  timestamp const now = s.core().ports().time.now();
  auto read = [now](readers& r) { return r.jobs->counts(now); };
  auto const counts = co_await read_in(s.core().ports().reads, s.core().ports().io, read);
  names all = s.core().queues().names();
  if (counts && *counts) {
    for (auto const& [name, jobs] : (*counts)->by_queue) all.push_back(name);
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  co_return all;
}

// Does it to every job that the query finds now, and waits for the last. False: too many such
// operations are under way.
boost::asio::awaitable<bool> do_to_all(faktory_session& s, std::string action, job_query query,
                                       job_command wish,
                                       std::function<bool(job_state const&)> only) {
  co_await until_projected(s.core());
  operation_request request{std::move(action), std::move(wish), std::move(query)};
  request.only = std::move(only);
  auto start = [&bulk = s.core().bulk(),
                request = std::move(request)](completion<bool> waiting) mutable {
    auto const done = std::make_shared<std::optional<completion<bool>>>(std::move(waiting));
    request.ended = [done] {
      completion<bool> now = std::move(**done);
      done->reset();
      now.deliver(true);
    };
    if (!bulk.start(std::move(request)) && *done) {
      completion<bool> refused = std::move(**done);
      done->reset();
      refused.deliver(false);
    }
  };
  co_return co_await suspend_with<bool>(std::move(start));
}

void append_too_many(faktory_session& s) {
  append_error(s.out, refuse("too many operations on many jobs run; try again"));
}

command_done pause_or_resume(faktory_session& s, names queues, bool pause) {
  for (std::string const& queue : queues) {
    auto start = [&control = s.core().queues(), queue,
                  pause](completion<queue_answer> waiting) mutable {
      if (pause) {
        control.pause(queue, "QUEUE PAUSE", std::move(waiting).as_callback());
      } else {
        control.resume(queue, std::move(waiting).as_callback());
      }
    };
    queue_answer const answer = co_await suspend_with<queue_answer>(std::move(start));
    if (answer) continue;
    append_error(s.out, refuse("the log is busy; try again"));
    co_return;
  }
  append_ok(s.out);
}

command_done remove(faktory_session& s, names queues) {
  for (std::string const& queue : queues) {
    job_query query;
    query.queue = queue;
    query.statuses = {job_status::queued};
    job_command wish = cancel_job{"faktory", "QUEUE REMOVE"};
    bool const done =
        co_await do_to_all(s, "QUEUE REMOVE", std::move(query), std::move(wish), nullptr);
    if (!done) {
      append_too_many(s);
      co_return;
    }
    s.context.removed.insert(queue);
  }
  co_await pause_or_resume(s, std::move(queues), false);
}

// How long the oldest job of each queue waits.
command_done tell_latency(faktory_session& s, names queues) {
  co_await until_projected(s.core());
  timestamp const now = s.core().ports().time.now();
  auto read = [queues, now](readers& r) {
    std::string out;
    json_writer w{out};
    for (std::string const& queue : queues) {
      job_query oldest;
      oldest.queue = queue;
      oldest.statuses = {job_status::queued};
      oldest.order = list_order::oldest_first;
      oldest.limit = 1;
      auto const page = r.jobs->list(oldest, now);
      microseconds waited{0};
      if (page && !page->jobs.empty()) {
        job_state const& first = page->jobs.front();
        waited = std::max(microseconds{0},
                          now - std::max(first.created_at, first.due.value_or(first.created_at)));
      }
      w.fixed(queue, static_cast<std::uint64_t>(waited.count()), 6);
    }
    w.close();
    return out;
  };
  auto const document = co_await read_in(s.core().ports().reads, s.core().ports().io, read);
  document ? append_bulk(s.out, *document)
           : append_error(s.out, refuse("too many reads wait; try again"));
}

job_status target_status(mutate_target target) {
  switch (target) {
    case mutate_target::retries:
      return job_status::retrying;
    case mutate_target::scheduled:
      return job_status::scheduled;
    case mutate_target::dead:
      break;
  }
  return job_status::failed;
}

// A job that comes due meanwhile has left the set: it runs.
job_command wish_of(mutate_request const& request) {
  job_status const still = target_status(request.target);
  switch (request.action) {
    case mutate_action::kill:
      return dead_letter_job{"faktory", still};
    case mutate_action::requeue:
      return retry_job{"faktory", "MUTATE requeue", {}, {}, {}, still};
    case mutate_action::clear:
    case mutate_action::discard:
      break;
  }
  if (request.target == mutate_target::dead) return discard_job{"faktory", "MUTATE"};
  return cancel_job{"faktory", "MUTATE", still};
}

// Attempts that workers hold end at once: their results will be too late.
command_done end_attempts(faktory_session& s) {
  for (lease_holder const& held : s.core().attempts().all()) {
    job_command cancel = cancel_job{"faktory", "FLUSH"};
    ask_answer const asked = co_await ask_job(s.core(), held.job, std::move(cancel));
    static_cast<void>(asked);  // it may have ended by itself
    job_command stop = confirm_cancel{held.fence};
    ask_answer const stopped = co_await ask_job(s.core(), held.job, std::move(stop));
    static_cast<void>(stopped);
  }
}

}  // namespace

command_done run_queue(faktory_session& s, std::string_view rest) {
  auto request = parse_queue_request(rest);
  if (!request) {
    append_error(s.out, request.error());
    co_return;
  }
  names queues = std::move(request->names);
  if (request->all) queues = co_await known_queues(s);
  switch (request->action) {
    case queue_action::pause:
      co_return co_await pause_or_resume(s, std::move(queues), true);
    case queue_action::resume:
      co_return co_await pause_or_resume(s, std::move(queues), false);
    case queue_action::remove:
      co_return co_await remove(s, std::move(queues));
    case queue_action::latency:
      co_return co_await tell_latency(s, std::move(queues));
  }
}

command_done run_flush(faktory_session& s) {
  co_await end_attempts(s);
  job_query live;
  live.statuses = {job_status::scheduled, job_status::queued, job_status::running,
                   job_status::retrying};
  job_command cancel = cancel_job{"faktory", "FLUSH"};
  bool done = co_await do_to_all(s, "FLUSH", std::move(live), std::move(cancel), nullptr);
  job_query dead;
  dead.statuses = {job_status::failed};
  job_command discard = discard_job{"faktory", "FLUSH"};
  if (done) done = co_await do_to_all(s, "FLUSH", std::move(dead), std::move(discard), nullptr);
  if (!done) {
    append_too_many(s);
    co_return;
  }
  auto const queues = co_await known_queues(s);
  s.context.removed.insert(queues.begin(), queues.end());
  append_ok(s.out);
}

command_done run_mutate(faktory_session& s, std::string_view rest) {
  auto request = parse_mutate(rest);
  if (!request) {
    append_error(s.out, request.error());
    co_return;
  }
  auto only = [filter = request->filter](job_state const& job) {
    return filter.matches_all() ||
           filter.matches(jid_of(job), job.spec->type,
                          filter.needs_payload() ? payload_of(job) : std::string{});
  };
  job_query query;
  query.statuses = {target_status(request->target)};
  job_command wish = wish_of(*request);
  bool const done =
      co_await do_to_all(s, "MUTATE", std::move(query), std::move(wish), std::move(only));
  done ? append_ok(s.out) : append_too_many(s);
}

}  // namespace retrylab
