// Work for languages without a client library: lease a job, say how it went. The fence in the path
// is the one the lease came with; an attempt that was taken away meanwhile answers 409.

#include "edge/timed_fetch.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "http/documents.hpp"
#include "http/handlers.hpp"
#include "http/job_requests.hpp"
#include "http/problem.hpp"
#include "http/query_reader.hpp"
#include "http/server_context.hpp"

namespace retrylab {
namespace {

constexpr std::int64_t wait_ms_max = 30'000;
constexpr std::size_t error_type_chars = 100;
constexpr std::size_t error_message_chars = 1000;
constexpr std::size_t backtrace_lines = 50;
constexpr std::size_t progress_chars = 1000;

struct lease_request {
  std::string worker;
  std::vector<std::string> queues;
  std::chrono::milliseconds wait{};
};

result<lease_request, response> read_lease_request(std::string_view body) {
  json_fields f{body};
  lease_request wanted;
  wanted.worker = f.required<std::string>("worker");
  check_length(f, "worker", wanted.worker, limits::worker_chars);
  auto queues = f.optional<std::vector<std::string>>("queues");
  wanted.queues = queues ? std::move(*queues) : std::vector<std::string>{"default"};
  if (wanted.queues.empty() || wanted.queues.size() > limits::fetch_queues)
    f.fail("queues", "must be 1 to " + std::to_string(limits::fetch_queues) + " names");
  for (std::string const& queue : wanted.queues) {
    if (!is_queue_name(queue)) f.fail("queues", std::string{"each "} + queue_name_rule);
  }
  wanted.wait = milliseconds{f.in_range("wait_ms", 0, wait_ms_max).value_or(0)};
  f.finish();
  if (!f.ok()) return bad_fields(f);
  return wanted;
}

response lease_response(fetch_answer const& got, worker_info const* worker, timestamp now) {
  response r;
  json_writer w{r.body};
  w.number("fence", got ? std::optional{static_cast<std::int64_t>(got->running->fence.value)}
                        : std::nullopt);
  got ? w.nested("job", [&](std::string& out) { append_job(out, *got, now); }) : w.null("job");
  w.string("state", to_string(worker ? worker->state : worker_state::running)).close();
  return r;
}

// The attempt that had this fence, when it is not running any more. The log knows.
boost::asio::awaitable<std::optional<lease_holder>> attempt_of(server_context& server, seq fence) {
  auto read = [fence](readers& r) -> std::optional<lease_holder> {
    if (fence.value == 0) return std::nullopt;
    auto const rows = r.log->read_all(seq{fence.value - 1}, 1);
    if (!rows || rows->empty() || rows->front().seq != fence) return std::nullopt;
    auto const record = decode(rows->front());
    auto const* const began = record ? std::get_if<attempted>(&record->event) : nullptr;
    if (!began) return std::nullopt;
    return lease_holder{record->job, fence, began->worker};
  };
  auto const found = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  co_return found ? *found : std::nullopt;
}

response lost_answer() {
  response r;
  r.lost = true;
  return r;
}

// Whether a rule for faults loses this result on its way.
boost::asio::awaitable<bool> is_lost(server_context& server, seq fence) {
  auto const held = server.core.attempts().look_at(fence);
  if (!held) co_return false;
  fault_subject subject = subject_of(*held);
  auto const lost = co_await ask_fault(server.core, fault_kind::drop_ack, std::move(subject));
  co_return lost.has_value();
}

// Says `command` of the attempt. `what`: its name in the event of a refusal.
handler_result report(request const& req, server_context& server, job_command command,
                      std::string what) {
  auto const fence = unsigned_number(req.params.at(0));
  if (!fence) co_return problem(404, "a fence is a positive integer");
  leases& attempts = server.core.attempts();
  seq const asked{*fence};
  bool const ends = what == "ack" || what == "fail";
  if (ends && server.core.faults().may(fault_kind::drop_ack)) {
    bool const lost = co_await is_lost(server, asked);
    if (lost) co_return lost_answer();
  }
  auto const holder = attempts.find(asked);
  if (holder) {
    server.core.known().seen(holder->worker);
    if (server.clock) server.clock->called(holder->worker);
    auto start = [&attempts, job = holder->job,
                  command = std::move(command)](completion<ask_answer> waiting) mutable {
      attempts.report(job, std::move(command), std::move(waiting).as_callback());
    };
    ask_answer const answer = co_await suspend_with<ask_answer>(std::move(start));
    response r;
    if (answer) r.body = job_document(*answer, server.core.ports().time.now());
    if (answer) co_return r;
    bool const refused = answer.error().what == ask_error::kind::rejected &&
                         (answer.error().why == rejection::stale_fence ||
                          answer.error().why == rejection::not_running);
    if (!refused) co_return problem(answer.error(), holder->job);
  }
  std::optional<lease_holder> gone = holder;
  if (!gone) gone = co_await attempt_of(server, asked);
  if (!gone) co_return problem(404, "no attempt has the fence " + req.params.at(0));
  server.core.known().refused(gone->job, gone->fence, gone->worker, std::move(what));
  co_return problem(409, "stale fence: this attempt of job " + std::to_string(gone->job.value) +
                             " has ended, or was taken away");
}

seq fence_of(request const& req) { return seq{unsigned_number(req.params.at(0)).value_or(0)}; }

job_error read_error(json_fields& f) {
  job_error error{"Error", "", {}};
  auto const text = f.raw("error");
  if (!text) return f.fail("error", "is required"), error;
  json_fields nested{*text, "error.", json_fields::checked::yes};
  error.type = nested.optional<std::string>("type").value_or(error.type);
  error.message = nested.required<std::string>("message");
  error.backtrace =
      nested.optional<std::vector<std::string>>("backtrace").value_or(std::vector<std::string>{});
  check_length(nested, "type", error.type, error_type_chars);
  check_length(nested, "message", error.message, error_message_chars);
  if (error.backtrace.size() > backtrace_lines)
    nested.fail("backtrace", "must be at most " + std::to_string(backtrace_lines) + " lines");
  nested.finish();
  f.adopt(nested.errors());
  return error;
}

// Optional bodies: none is {}.
std::string_view body_of(request const& req) {
  return req.body.empty() ? std::string_view{"{}"} : std::string_view{req.body};
}

}  // namespace

handler_result post_leases(request const& req, server_context& server) {
  auto wanted = read_lease_request(body_of(req));
  if (!wanted) co_return wanted.error();
  std::string const name = wanted->worker;
  worker_about about;
  about.name = name;
  about.protocol = "http";
  server.core.known().called(std::move(about));
  worker_info const* worker = server.core.known().find(name);
  bool const takes_more = !worker || worker->state == worker_state::running;
  fetch_answer got;
  if (takes_more) {
    lease_request wish = std::move(*wanted);
    fetch_request ask{std::move(wish.worker), std::move(wish.queues)};
    got = co_await timed_fetch(server.core, std::move(ask), wish.wait);
  }
  if (got && server.core.faults().may(fault_kind::cut_connection)) {
    fault_subject subject = subject_of(*got);
    subject.worker = name;
    auto const cut =
        co_await ask_fault(server.core, fault_kind::cut_connection, std::move(subject));
    if (cut) co_return lost_answer();
  }
  if (server.clock) server.clock->called(name);
  worker = server.core.known().find(name);
  co_return lease_response(got, worker, server.core.ports().time.now());
}

handler_result post_lease_ack(request const& req, server_context& server) {
  json_fields f{body_of(req)};
  auto const result = f.raw("result");
  report_success success{fence_of(req)};
  if (result) success.result = raw_json{std::string{*result}};
  f.finish();
  if (!f.ok()) co_return bad_fields(f);
  job_command command = std::move(success);
  co_return co_await report(req, server, std::move(command), "ack");
}

handler_result post_lease_fail(request const& req, server_context& server) {
  json_fields f{body_of(req)};
  report_failure failure{fence_of(req), failure_cause::error, read_error(f)};
  failure.retryable = f.optional<bool>("retryable").value_or(true);
  if (auto const ms = f.in_range("retry_after_ms", 0, limits::delay_max.count()))
    failure.advice = retry_advice{milliseconds{*ms}, "retry_after"};
  f.finish();
  if (!f.ok()) co_return bad_fields(f);
  job_command command = std::move(failure);
  co_return co_await report(req, server, std::move(command), "fail");
}

handler_result post_lease_release(request const& req, server_context& server) {
  auto reason = read_reason(req.body);
  if (!reason) co_return reason.error();
  job_command command = release_attempt{fence_of(req), std::move(*reason)};
  co_return co_await report(req, server, std::move(command), "release");
}

handler_result post_lease_progress(request const& req, server_context& server) {
  json_fields f{body_of(req)};
  report_progress progress;
  if (auto const n = f.in_range("percent", 0, 100)) progress.percent = static_cast<unsigned>(*n);
  progress.text = f.optional<std::string>("text");
  if (progress.text) check_length(f, "text", *progress.text, progress_chars);
  if (f.ok() && !progress.percent && !progress.text) f.fail("percent", "or text is required");
  f.finish();
  if (!f.ok()) co_return bad_fields(f);
  job_command command = std::move(progress);
  co_return co_await report(req, server, std::move(command), "progress");
}

// A sign of life; with extend_ms the lease ends no earlier than so long from now.
handler_result post_lease_heartbeat(request const& req, server_context& server) {
  json_fields f{body_of(req)};
  auto const ms = f.in_range("extend_ms", 1, limits::timeout_max.count());
  f.finish();
  if (!f.ok()) co_return bad_fields(f);
  if (ms) {
    timestamp const until = server.core.ports().time.now() + milliseconds{*ms};
    job_command longer = extend_lease{fence_of(req), until};
    response const answer = co_await report(req, server, std::move(longer), "heartbeat");
    bool const long_enough = answer.status == 409 && server.core.attempts().find(fence_of(req));
    if (answer.status != 200 && !long_enough) co_return answer;
  }
  auto const holder = server.core.attempts().find(fence_of(req));
  if (!holder) {
    job_command nothing = release_attempt{seq{}, ""};  // refused: the fence is not there
    co_return co_await report(req, server, std::move(nothing), "heartbeat");
  }
  server.core.known().seen(holder->worker);
  worker_info const* const worker = server.core.known().find(holder->worker);
  worker_state state = worker ? worker->state : worker_state::running;
  if (worker && state == worker_state::running) {
    fault_subject subject{holder->worker, worker->queues};
    auto const fault = co_await ask_fault(server.core, fault_kind::quiet_beat, std::move(subject));
    if (fault) state = worker_state::quiet;  // that it takes for an operator's word
  }
  response r;
  json_writer w{r.body};
  w.number("job", static_cast<std::int64_t>(holder->job.value));
  w.string("state", to_string(state));
  w.close();
  co_return r;
}

}  // namespace retrylab
