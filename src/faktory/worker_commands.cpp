// FETCH, ACK, FAIL and BEAT.

#include "edge/timed_fetch.hpp"
#include "events/core/limits.hpp"
#include "faktory/conversion.hpp"
#include "faktory/session.hpp"
#include "faktory/worker_requests.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace retrylab {
namespace {

bool takes_jobs(faktory_session const& s) {
  worker_info const* const w = s.core().known().find(s.worker);
  return !w || w->state == worker_state::running;
}

// The attempt that this session may speak for. Without a wid a session speaks for every worker, as
// in Faktory.
std::optional<lease_holder> holder(faktory_session const& s, std::string_view jid) {
  leases const& attempts = s.core().attempts();
  if (s.who.wid.empty()) return attempts.find(jid, std::nullopt);
  return attempts.find(jid, s.who.wid);
}

// A result for an attempt that was taken away, or is another worker's. It changes nothing and is on
// record.
void refused(faktory_session const& s, std::string_view jid, char const* what) {
  std::optional<std::string_view> worker;
  if (!s.who.wid.empty()) worker = s.who.wid;
  auto attempt = s.core().attempts().taken(jid, worker);
  if (!attempt) attempt = s.core().attempts().find(jid, std::nullopt);
  if (attempt) s.core().known().refused(attempt->job, attempt->fence, s.worker, what);
}

bool is_stale(ask_error const& e) { return e.what == ask_error::kind::rejected; }

command_done pause_instead(faktory_session& s) {
  boost::asio::steady_timer timer{s.socket.get_executor(), limits::faktory_fetch_wait};
  co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  append_nil(s.out);
}

}  // namespace

command_done run_fetch(faktory_session& s, std::string_view rest) {
  auto queues = parse_fetch(rest);
  if (!queues) {
    append_error(s.out, queues.error());
    co_return;
  }
  if (!takes_jobs(s)) co_return co_await pause_instead(s);
  fetch_request request{s.worker, std::move(*queues)};
  fetch_answer const got =
      co_await timed_fetch(s.core(), std::move(request), limits::faktory_fetch_wait);
  if (!got) {
    append_nil(s.out);
    co_return;
  }
  fault_subject subject = subject_of(*got);
  subject.worker = s.worker;  // of whom it is delivered to
  auto const cut = co_await ask_fault(s.core(), fault_kind::cut_connection, std::move(subject));
  if (cut) {
    s.ended = true;  // the job is leased, and nobody knows
    co_return;
  }
  append_bulk(s.out, payload_of(*got, s.who.extended));
}

namespace {

// A result that gets lost on its way, and its connection with it.
boost::asio::awaitable<bool> is_lost(faktory_session& s, lease_holder attempt) {
  auto const held = s.core().attempts().look_at(attempt.fence);
  if (!held) co_return false;
  fault_subject subject = subject_of(*held);
  auto const lost = co_await ask_fault(s.core(), fault_kind::drop_ack, std::move(subject));
  if (lost) s.ended = true;
  co_return lost.has_value();
}

}  // namespace

command_done run_ack(faktory_session& s, std::string_view rest) {
  auto request = parse_ack(rest);
  if (!request) {
    append_error(s.out, request.error());
    co_return;
  }
  auto const attempt = holder(s, request->jid);
  if (!attempt) {
    refused(s, request->jid, "ACK");
    append_ok(s.out);
    co_return;
  }
  if (s.core().faults().may(fault_kind::drop_ack)) {
    bool const lost = co_await is_lost(s, *attempt);
    if (lost) co_return;
  }
  job_command done = report_success{attempt->fence, std::move(request->result)};
  ask_answer const answer = co_await ask_job(s.core(), attempt->job, std::move(done));
  if (answer || is_stale(answer.error())) {
    append_ok(s.out);
  } else {
    append_error(s.out, refuse("the log is busy; try again"));
  }
}

command_done run_fail(faktory_session& s, std::string_view rest) {
  auto request = parse_fail(rest);
  if (!request) {
    append_error(s.out, request.error());
    co_return;
  }
  auto const attempt = holder(s, request->jid);
  if (!attempt) {
    refused(s, request->jid, "FAIL");
    append_error(s.out, refuse("Job not found " + request->jid));
    co_return;
  }
  if (s.core().faults().may(fault_kind::drop_ack)) {
    bool const lost = co_await is_lost(s, *attempt);
    if (lost) co_return;
  }
  report_failure told{attempt->fence, failure_cause::error, std::move(request->error)};
  told.retryable = request->retryable;
  if (request->retry_after) told.advice = retry_advice{*request->retry_after, "retry_after"};
  job_command failure = std::move(told);
  ask_answer const answer = co_await ask_job(s.core(), attempt->job, std::move(failure));
  if (answer) {
    append_ok(s.out);
  } else if (is_stale(answer.error())) {
    append_error(s.out, refuse("Job not found " + request->jid));
  } else {
    append_error(s.out, refuse("the log is busy; try again"));
  }
}

command_done run_beat(faktory_session& s, std::string_view rest) {
  auto const request = parse_beat(rest);
  if (!request) {
    append_error(s.out, request.error());
    co_return;
  }
  workers& known = s.core().known();
  auto state = known.beats({request->wid, request->current_state, request->rss_kb});
  if (!state) {
    append_error(s.out, refuse("unknown worker " + request->wid));
    co_return;
  }
  worker_info const* const worker = known.find(request->wid);
  if (*state == worker_state::running && worker) {
    fault_subject subject{request->wid, worker->queues};
    auto const fault = co_await ask_fault(s.core(), fault_kind::quiet_beat, std::move(subject));
    if (fault) state = worker_state::quiet;  // that it takes for an operator's word
  }
  *state == worker_state::running ? append_ok(s.out) : append_bulk(s.out, state_document(*state));
}

}  // namespace retrylab
