#include "actors/start_gates.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 5> names{"due", "queue", "concurrency", "worker", "slot"};
constexpr std::size_t workers_named = 3;  // in a sentence

gate_state due_gate(job_state const& job, timestamp now) {
  if (!job.due) return {start_gate::due, false, "it is due since it was created", job.created_at};
  std::string const at = to_rfc3339(*job.due);
  if (*job.due <= now) return {start_gate::due, false, "it is due since " + at, job.due};
  char const* const what = job.status == job_status::retrying ? "its next attempt" : "it";
  return {start_gate::due, true, fmt::format("{} is due at {}", what, at), job.updated_at, job.seq};
}

gate_state queue_gate(engine& core, std::string const& queue) {
  queue_settings const settings = core.queues().settings(queue);
  if (!settings.paused) return {start_gate::queue, false, fmt::format("queue {} is open", queue)};
  gate_state gate{start_gate::queue, true, fmt::format("queue {} is paused", queue)};
  if (!settings.reason.empty()) gate.sentence += fmt::format(" (“{}”)", settings.reason);
  if (settings.paused_by) {
    gate.since = settings.paused_by->at;
    gate.cause = settings.paused_by->seq;
  }
  return gate;
}

gate_state concurrency_gate(engine& core, std::string const& queue) {
  auto const limit = core.queues().settings(queue).concurrency;
  if (!limit) return {start_gate::concurrency, false, fmt::format("queue {} has no limit", queue)};
  std::size_t const running = core.running(queue);
  gate_state gate{start_gate::concurrency, running >= *limit,
                  fmt::format("queue {} runs {} of at most {} at a time", queue, running, *limit)};
  if (gate.closed) gate.cause = core.newest_attempt(queue);
  return gate;
}

bool listens(worker_info const& w, std::string const& queue) {
  return !w.lost && std::find(w.queues.begin(), w.queues.end(), queue) != w.queues.end();
}

// A list of a few names, and how many more there are.
std::string join(std::vector<std::string> const& all) {
  std::size_t const shown = std::min(all.size(), workers_named);
  std::string out = fmt::format("{}", fmt::join(std::span{all}.first(shown), ", "));
  if (all.size() > shown) out += fmt::format(" and {} more", all.size() - shown);
  return out;
}

gate_state worker_gate(engine& core, std::string const& queue) {
  std::vector<std::string> there;
  std::vector<std::string> quiet;
  std::optional<event_ref> quieted;
  for (auto const& [name, w] : core.known().all()) {
    if (!listens(w, queue)) continue;
    (w.state == worker_state::running ? there : quiet).push_back(name);
    if (w.quieted_by && (!quieted || quieted->seq < w.quieted_by->seq)) quieted = w.quieted_by;
  }
  if (!there.empty())
    return {start_gate::worker, false, fmt::format("{} take jobs of queue {}", join(there), queue)};
  gate_state gate{start_gate::worker, true, fmt::format("no worker listens to queue {}", queue)};
  if (quiet.empty()) return gate;
  gate.sentence += fmt::format(": {} was told to be quiet", join(quiet));
  if (quieted) {
    gate.since = quieted->at;
    gate.cause = quieted->seq;
  }
  return gate;
}

gate_state free_worker_gate(engine& core, std::string const& queue) {
  if (core.attempts().is_asked(queue))
    return {start_gate::slot, false, fmt::format("a worker waits for a job of queue {}", queue)};
  return {start_gate::slot, true,
          fmt::format("no worker asks for a job of queue {} at this moment", queue), std::nullopt,
          core.newest_attempt(queue)};
}

gate_state slot_gate(engine::slots const& s, handler_kind kind) {
  gate_state gate{start_gate::slot, s.running >= s.concurrency,
                  fmt::format("{} of {} slots of the {} handler are taken", s.running,
                              s.concurrency, to_string(kind))};
  if (gate.closed) gate.cause = s.newest;
  return gate;
}

}  // namespace

std::string_view to_string(start_gate gate) { return names[static_cast<std::size_t>(gate)]; }

std::vector<gate_state> start_gates(engine& core, job_state const& job, timestamp now) {
  if (!is_waiting(job.status)) return {};
  std::string const& queue = job.spec->queue;
  std::vector<gate_state> gates{due_gate(job, now), queue_gate(core, queue),
                                concurrency_gate(core, queue)};
  handler_kind const kind = core.handlers().of(*job.spec);
  if (auto const slots = core.slots_of(kind)) {
    gates.push_back(slot_gate(*slots, kind));
  } else if (gates.push_back(worker_gate(core, queue)); !gates.back().closed) {
    gates.push_back(free_worker_gate(core, queue));
  }
  return gates;
}

}  // namespace retrylab
