#include "events/job_runs.hpp"

#include "events/core/result.hpp"

#include <array>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 8> reason_names{
    "first",       "retry",       "timeout",  "lease_expired",
    "worker_lost", "interrupted", "released", "requeued"};
constexpr std::array<std::string_view, 5> end_names{"running", "succeeded", "failed", "released",
                                                    "cancelled"};

run_reason reason_after(failure_cause cause) {
  switch (cause) {
    case failure_cause::error:
      return run_reason::retry;
    case failure_cause::timeout:
      return run_reason::timeout;
    case failure_cause::lease_expired:
      return run_reason::lease_expired;
    case failure_cause::worker_lost:
      return run_reason::worker_lost;
    case failure_cause::interrupted:
      return run_reason::interrupted;
  }
  return run_reason::retry;
}

// What the next attempt will say of itself.
struct occasion {
  run_reason reason = run_reason::first;
  event_ref because{};
};

void end(std::vector<job_run>& runs, run_end how, event_ref at) {
  runs.back().end = how;
  runs.back().ended = at;
}

}  // namespace

std::string_view to_string(run_reason reason) {
  return reason_names[static_cast<std::size_t>(reason)];
}

std::string_view to_string(run_end end) { return end_names[static_cast<std::size_t>(end)]; }

std::vector<job_run> runs_of(std::span<job_record const> stream) {
  std::vector<job_run> runs;
  occasion next;
  for (job_record const& r : stream) {
    event_ref const here{r.seq, r.at};
    std::visit(overloaded{
                   [&](created const&) { next = {run_reason::first, here}; },
                   [&](attempted const& e) {
                     runs.push_back({r.seq, r.generation, e.attempt, e.worker, next.reason,
                                     next.because, r.at});
                   },
                   [&](succeeded const&) { end(runs, run_end::succeeded, here); },
                   [&](failed const& e) {
                     end(runs, run_end::failed, here);
                     next = {reason_after(e.cause), here};
                   },
                   [&](released const&) {
                     end(runs, run_end::released, here);
                     next = {run_reason::released, here};
                   },
                   [&](cancelled const& e) {
                     if (e.fence) end(runs, run_end::cancelled, here);
                   },
                   [&](requeued const&) {
                     next = {runs.empty() ? run_reason::first : run_reason::requeued, here};
                   },
                   [](auto const&) {},
               },
               r.event);
  }
  return runs;
}

}  // namespace retrylab
