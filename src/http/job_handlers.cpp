#include "actors/load_job.hpp"
#include "http/admission.hpp"
#include "http/documents.hpp"
#include "http/handlers.hpp"
#include "http/idempotency.hpp"
#include "http/job_requests.hpp"
#include "http/past_moment.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

namespace retrylab {
namespace {

response job_response(unsigned status, job_state const& job, server_context& server) {
  response r;
  r.status = status;
  r.body = job_document(job, server.core.ports().time.now());
  if (status == 201) r.headers.emplace_back("Location", "/jobs/" + std::to_string(job.id.value));
  return r;
}

boost::asio::awaitable<ask_answer> ask(server_context& server, job_id job, job_command command) {
  auto start = [&server, job,
                command = std::move(command)](completion<ask_answer> waiting) mutable {
    server.core.jobs().ask(job, std::move(command), std::move(waiting).as_callback());
  };
  co_return co_await suspend_with<ask_answer>(std::move(start));
}

// Nothing when the log could not be read.
boost::asio::awaitable<std::optional<job_state>> read_job(server_context& server, job_id job) {
  auto read = [job](readers& r) { return load_job(*r.log, job); };
  auto const state = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  co_return state ? *state : std::nullopt;
}

handler_result command_job(request const& req, server_context& server, job_command command) {
  auto const id = read_job_id(req.params.at(0));
  if (!id) co_return problem(404, job_id_rule);
  ask_answer const answer = co_await ask(server, *id, std::move(command));
  if (!answer) co_return problem(answer.error(), *id);
  co_return job_response(200, *answer, server);
}

}  // namespace

// 201 means the job is on disk.
handler_result post_job(request const& req, server_context& server) {
  auto spec = read_job_spec(req.body, {server.core.ports().time.now(), server.core.policies().all(),
                                       server.core.handlers()});
  if (!spec) co_return spec.error();
  job_spec const* const one[] = {&*spec};
  if (auto refused = refuse_jobs(one, server.core)) co_return std::move(*refused);
  auto claim = read_claim(req);
  if (!claim) co_return claim.error();
  spec->idempotency_key = req.idempotency_key;
  auto start = [&server, spec = std::move(*spec),
                key = std::move(*claim)](completion<ask_answer> waiting) mutable {
    server.core.jobs().create(std::move(spec), std::move(key), std::move(waiting).as_callback());
  };
  ask_answer const answer = co_await suspend_with<ask_answer>(std::move(start));
  if (answer) co_return job_response(201, *answer, server);
  ask_error const error = answer.error();
  if (error.what != ask_error::kind::key_taken || !error.taken.same_body)
    co_return problem(error, error.taken.job);
  auto const first = co_await read_job(server, error.taken.job);
  if (!first) co_return reads_overloaded();
  co_return job_response(200, *first, server);
}

handler_result no_job(server_context& server, job_id job) {
  auto read = [job](readers& r) { return r.log->find_purged(job); };
  auto const archive = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!archive || !*archive) co_return reads_overloaded();
  std::string const id = std::to_string(job.value);
  if (!**archive) co_return problem(404, "there is no job " + id);
  std::string why = "job " + id + " had ended and was purged";
  if (!(**archive)->empty()) why += "; its events are in archive/" + ***archive;
  co_return problem(404, why);
}

handler_result get_job(request const& req, server_context& server) {
  auto const id = read_job_id(req.params.at(0));
  if (!id) co_return problem(404, job_id_rule);
  query_reader q{req};
  past_moment const moment = read_moment(q);
  if (auto bad = q.finish()) co_return std::move(*bad);
  if (moment.given()) co_return co_await get_job_then(*id, moment, server);
  auto const job = co_await read_job(server, *id);
  if (!job) co_return reads_overloaded();
  if (!job->exists()) co_return co_await no_job(server, *id);
  co_return job_response(200, *job, server);
}

handler_result get_job_events(request const& req, server_context& server) {
  auto const id = read_job_id(req.params.at(0));
  if (!id) co_return problem(404, job_id_rule);
  auto read = [job = *id](readers& r) { return read_whole_stream(*r.log, job); };
  auto const events = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!events || !*events) co_return reads_overloaded();
  if ((*events)->empty()) co_return co_await no_job(server, *id);
  response r;
  r.body = events_document(**events);
  co_return r;
}

handler_result post_retry(request const& req, server_context& server) {
  auto command = read_retry(req.body, server.core.policies().all());
  if (!command) co_return command.error();
  job_command wish = std::move(*command);
  co_return co_await command_job(req, server, std::move(wish));
}

handler_result post_cancel(request const& req, server_context& server) {
  auto const reason = read_reason(req.body);
  if (!reason) co_return reason.error();
  job_command wish = cancel_job{"operator", *reason};
  co_return co_await command_job(req, server, std::move(wish));
}

handler_result post_discard(request const& req, server_context& server) {
  auto const reason = read_reason(req.body);
  if (!reason) co_return reason.error();
  job_command wish = discard_job{"operator", *reason};
  co_return co_await command_job(req, server, std::move(wish));
}

handler_result post_dead_letter(request const& req, server_context& server) {
  auto const reason = read_reason(req.body);
  if (!reason) co_return reason.error();
  job_command wish = dead_letter_job{"operator"};
  co_return co_await command_job(req, server, std::move(wish));
}

}  // namespace retrylab
