#include "http/router.hpp"

#include "http/problem.hpp"
#include "http/server_context.hpp"

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

constexpr std::array<route, 63> table{{
    {"GET", "/health", get_health},
    {"GET", "/ready", get_ready},
    {"POST", "/jobs", post_job},
    {"POST", "/jobs/bulk", post_jobs_bulk},
    {"GET", "/jobs", get_jobs},
    {"GET", "/jobs/histogram", get_job_histogram},
    {"POST", "/jobs/actions", post_job_actions},
    {"GET", "/jobs/actions", get_job_actions},
    {"GET", "/jobs/actions/{id}", get_job_action},
    {"POST", "/jobs/actions/{id}/stop", post_job_action_stop},
    {"GET", "/jobs/{id}", get_job},
    {"GET", "/jobs/{id}/events", get_job_events},
    {"GET", "/jobs/{id}/why", get_job_why},
    {"POST", "/jobs/{id}/retry", post_retry},
    {"POST", "/jobs/{id}/cancel", post_cancel},
    {"POST", "/jobs/{id}/discard", post_discard},
    {"POST", "/jobs/{id}/dead-letter", post_dead_letter},
    {"GET", "/events", get_events},
    {"GET", "/state", get_state},
    {"GET", "/stats", get_stats},
    {"GET", "/stats/history", get_stats_history},
    {"GET", "/metrics", get_metrics},
    {"GET", "/queues", get_queues},
    {"GET", "/queues/{name}", get_queue},
    {"POST", "/queues/{name}/pause", post_queue_pause},
    {"POST", "/queues/{name}/resume", post_queue_resume},
    {"PUT", "/queues/{name}/limit", put_queue_limit},
    {"POST", "/leases", post_leases},
    {"POST", "/leases/{fence}/ack", post_lease_ack},
    {"POST", "/leases/{fence}/fail", post_lease_fail},
    {"POST", "/leases/{fence}/heartbeat", post_lease_heartbeat},
    {"POST", "/leases/{fence}/progress", post_lease_progress},
    {"POST", "/leases/{fence}/release", post_lease_release},
    {"GET", "/workers", get_workers},
    {"POST", "/workers/{name}/quiet", post_worker_quiet},
    {"POST", "/workers/{name}/terminate", post_worker_terminate},
    {"POST", "/batches", post_batch},
    {"GET", "/batches", get_batches},
    {"GET", "/batches/{id}", get_batch},
    {"POST", "/batches/{id}/commit", post_batch_commit},
    {"GET", "/clock", get_clock},
    {"POST", "/clock/advance", post_clock_advance},
    {"POST", "/lab/runs", post_lab_run},
    {"GET", "/lab/runs", get_lab_runs},
    {"GET", "/lab/runs/{id}", get_lab_run},
    {"DELETE", "/lab/runs/{id}", delete_lab_run},
    {"GET", "/lab/runs/{id}/jobs/{job}", get_lab_run_job},
    {"GET", "/lab/faults", get_faults},
    {"GET", "/lab/faults/{name}", get_fault},
    {"PUT", "/lab/faults/{name}", put_fault},
    {"DELETE", "/lab/faults/{name}", delete_fault},
    {"GET", "/rules", get_rules},
    {"PUT", "/rules", put_rules},
    {"GET", "/policies", get_policies},
    {"GET", "/policies/{name}", get_policy},
    {"PUT", "/policies/{name}", put_policy},
    {"GET", "/", get_root},
    {"GET", "/ui", get_root},
    {"GET", "/ui/*", get_ui},
    {"GET", "/docs", get_docs},
    {"GET", "/openapi.json", get_ui},
    {"GET", "/favicon.ico", get_ui},
    {"GET", "/favicon.svg", get_ui},
}};

std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  std::string_view const segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

bool matches(std::string_view pattern, std::string_view path, std::vector<std::string>& params) {
  params.clear();
  while (!pattern.empty() && !path.empty()) {
    std::string_view const wanted = take_segment(pattern);
    if (wanted == "*") return params.emplace_back(path.substr(1)), true;
    std::string_view const found = take_segment(path);
    if (wanted.starts_with('{') && !found.empty()) {
      params.emplace_back(found);
    } else if (wanted != found) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

handler_result answer(response r) { co_return r; }

}  // namespace

std::span<route const> routes() { return table; }

bool is_cross_origin(request const& req) {
  if (req.sec_fetch_site && *req.sec_fetch_site != "same-origin" && *req.sec_fetch_site != "none")
    return true;
  return req.origin && *req.origin != "http://" + req.host;
}

bool is_own_host(std::string_view host, std::uint16_t port) {
  std::string const end = ":" + std::to_string(port);
  if (host.ends_with(end)) host.remove_suffix(end.size());
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

handler_result dispatch(request& req, server_context& server) {
  if (!is_own_host(req.host, server.port))
    return answer(problem(421, "this server is not " + req.host));
  bool const reads = req.method == "GET" || req.method == "HEAD";
  if (!reads && is_cross_origin(req))
    return answer(problem(403, "requests from pages of another origin are refused"));
  std::string_view const method = req.method == "HEAD" ? "GET" : std::string_view{req.method};
  std::string allowed;
  for (route const& r : table) {
    if (!matches(r.pattern, req.path, req.params)) continue;
    if (r.method == method) return r.handler(req, server);
    allowed += (allowed.empty() ? "" : ", ") + std::string{r.method};
  }
  if (allowed.empty()) return answer(problem(404, "there is no route " + req.path));
  response refused = problem(405, req.method + " is not possible here");
  refused.headers.emplace_back("Allow", allowed);
  return answer(std::move(refused));
}

}  // namespace retrylab
