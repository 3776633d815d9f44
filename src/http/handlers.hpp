#pragma once
// One function a route. Parse, ask or read, answer.

#include "http/message.hpp"

#include <boost/asio/awaitable.hpp>

namespace retrylab {

struct server_context;
struct job_id;
struct past_moment;

// The request and the context outlive the call: the session awaits it at once.
using handler_result = boost::asio::awaitable<response>;

handler_result get_health(request const& req, server_context& server);
handler_result get_ready(request const& req, server_context& server);

handler_result post_job(request const& req, server_context& server);
handler_result post_jobs_bulk(request const& req, server_context& server);
handler_result get_jobs(request const& req, server_context& server);
handler_result get_job_histogram(request const& req, server_context& server);
handler_result get_job(request const& req, server_context& server);
// Why there is no such job, as far as the log knows.
handler_result no_job(server_context& server, job_id job);
handler_result get_job_why(request const& req, server_context& server);
handler_result get_job_events(request const& req, server_context& server);
handler_result post_retry(request const& req, server_context& server);
handler_result post_cancel(request const& req, server_context& server);
handler_result post_discard(request const& req, server_context& server);
handler_result post_dead_letter(request const& req, server_context& server);

handler_result post_job_actions(request const& req, server_context& server);
handler_result get_job_actions(request const& req, server_context& server);
handler_result get_job_action(request const& req, server_context& server);
handler_result post_job_action_stop(request const& req, server_context& server);

handler_result get_state(request const& req, server_context& server);
// A job as it was then.
handler_result get_job_then(job_id job, past_moment moment, server_context& server);
handler_result get_events(request const& req, server_context& server);
handler_result get_stats(request const& req, server_context& server);
handler_result get_stats_history(request const& req, server_context& server);
handler_result get_metrics(request const& req, server_context& server);

handler_result get_queues(request const& req, server_context& server);
handler_result get_queue(request const& req, server_context& server);
handler_result post_queue_pause(request const& req, server_context& server);
handler_result post_queue_resume(request const& req, server_context& server);
handler_result put_queue_limit(request const& req, server_context& server);

handler_result post_leases(request const& req, server_context& server);
handler_result post_lease_ack(request const& req, server_context& server);
handler_result post_lease_fail(request const& req, server_context& server);
handler_result post_lease_heartbeat(request const& req, server_context& server);
handler_result post_lease_progress(request const& req, server_context& server);
handler_result post_lease_release(request const& req, server_context& server);

handler_result get_workers(request const& req, server_context& server);
handler_result post_worker_quiet(request const& req, server_context& server);
handler_result post_worker_terminate(request const& req, server_context& server);

handler_result get_batches(request const& req, server_context& server);
handler_result get_batch(request const& req, server_context& server);
handler_result post_batch(request const& req, server_context& server);
handler_result post_batch_commit(request const& req, server_context& server);

handler_result get_clock(request const& req, server_context& server);
handler_result post_clock_advance(request const& req, server_context& server);

handler_result post_lab_run(request const& req, server_context& server);
handler_result get_lab_runs(request const& req, server_context& server);
handler_result get_lab_run(request const& req, server_context& server);
handler_result delete_lab_run(request const& req, server_context& server);
handler_result get_lab_run_job(request const& req, server_context& server);

handler_result get_faults(request const& req, server_context& server);
handler_result get_fault(request const& req, server_context& server);
handler_result put_fault(request const& req, server_context& server);
handler_result delete_fault(request const& req, server_context& server);

handler_result get_rules(request const& req, server_context& server);
handler_result put_rules(request const& req, server_context& server);
handler_result get_policies(request const& req, server_context& server);
handler_result get_policy(request const& req, server_context& server);
handler_result put_policy(request const& req, server_context& server);

handler_result get_root(request const& req, server_context& server);
handler_result get_docs(request const& req, server_context& server);
handler_result get_ui(request const& req, server_context& server);

}  // namespace retrylab
