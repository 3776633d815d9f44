#include "actors/workers.hpp"

#include "events/core/limits.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 3> state_names{"running", "quiet", "terminate"};

// An event that only tells what happened: when the log is busy it is left out, with a line in the
// server's own log.
void note(system_stream& system, system_event event, char const* what) {
  system.append(std::move(event), [what](append_reply const& reply) {
    if (!std::holds_alternative<appended>(reply)) spdlog::warn("{} was not recorded", what);
  });
}

}  // namespace

std::string_view to_string(worker_state state) {
  return state_names[static_cast<std::size_t>(state)];
}

workers::workers(clock& time, deadlines& timers, system_stream& system, leases& attempts,
                 silence_rule silence)
    : clock_(time),
      timers_(timers),
      system_(system),
      leases_(attempts),
      silence_(silence),
      look_(timers_.on([this](std::uint64_t number, std::uint64_t) { look(number); })) {}

worker_info& workers::find_or_add(worker_about about) {
  auto const [at, fresh] = all_.try_emplace(about.name);
  worker_info& w = at->second;
  if (!fresh) return w;
  w.since = w.seen_at = clock_.now();
  w.about = std::move(about);
  w.number = ++last_number_;
  by_number_.emplace(w.number, w.about.name);
  look_at(w, w.seen_at + silence_.lease);
  return w;
}

void workers::look_at(worker_info& w, timestamp due) {
  if (!std::exchange(w.watched, true)) timers_.add(due, look_, w.number);
}

void workers::recover(job_state const& state) {
  bool const held = state.running && leases_.find(state.running->fence);
  if (held) absent_.insert(state.running->worker);
  if (held && !state.running->worker.starts_with(unnamed_worker))
    find_or_add({state.running->worker});
}

std::size_t workers::at_work() const {
  std::size_t count = leases_.running();
  for (std::string const& name : absent_) count -= leases_.running(name);
  return count;
}

void workers::connected(worker_about about) {
  absent_.erase(about.name);
  bool const known = all_.contains(about.name);
  worker_info& w = find_or_add(about);
  bool const described = !w.about.protocol.empty();
  if (!described) w.about = about;
  ++w.connections;
  w.seen_at = clock_.now();
  w.lost = false;
  if (!known || !described)
    note(system_, worker_seen{about.name, about.host, about.labels}, "a new worker");
}

void workers::disconnected(std::string const& name) {
  auto const found = all_.find(name);
  if (found == all_.end()) return;
  worker_info& w = found->second;
  if (w.connections > 0) --w.connections;
  if (w.connections > 0) return;
  if (leases_.running(name) == 0) return forget(name);
  if (silence_.connected_is_alive) w.seen_at = clock_.now();
  look_at(w, w.seen_at + silence_.lease);
}

void workers::called(worker_about about) {
  absent_.erase(about.name);
  bool const known = all_.contains(about.name);
  worker_info& w = find_or_add(about);
  bool const described = !w.about.protocol.empty();
  if (!described) w.about.protocol = about.protocol;
  w.seen_at = clock_.now();
  w.lost = false;
  if (!known || !described)
    note(system_, worker_seen{about.name, w.about.host, w.about.labels}, "a new worker");
}

bool workers::seen(std::string_view name) {
  auto const found = all_.find(name);
  if (found == all_.end()) return false;
  if (auto const back = absent_.find(name); back != absent_.end()) absent_.erase(back);
  found->second.seen_at = clock_.now();
  found->second.lost = false;
  return true;
}

void workers::asks(std::string_view name, std::vector<std::string> const& queues) {
  auto const found = all_.find(name);
  if (found != all_.end() && found->second.queues != queues) found->second.queues = queues;
}

void workers::expect(std::string_view name, bool expected) {
  auto const found = all_.find(name);
  if (found != all_.end()) found->second.expected = expected;
}

std::optional<worker_state> workers::beats(beat const& b) {
  if (!seen(b.name)) return std::nullopt;
  worker_info& w = all_.find(b.name)->second;
  ++w.beats;
  if (b.rss_kb > 0) w.rss_kb = b.rss_kb;
  if (b.state) set(w, *b.state);
  return w.state;
}

bool workers::set(worker_info& w, worker_state state) {
  if (w.state >= state) return false;
  w.state = state;
  leases_.dismiss(w.about.name);
  return true;
}

bool workers::tell(std::string_view name, worker_state state) {
  auto const found = all_.find(name);
  if (found == all_.end()) return false;
  if (!set(found->second, state)) return true;
  std::string who = found->first;
  timestamp const now = clock_.now();
  system_.append(worker_quieted{who, "operator"}, [this, who, now](append_reply const& reply) {
    auto const* const stored = std::get_if<appended>(&reply);
    if (!stored) return spdlog::warn("a word to {} was not recorded", who);
    auto const told = all_.find(who);
    if (told != all_.end()) told->second.quieted_by = event_ref{stored->first, now};
  });
  return true;
}

void workers::tell_all(worker_state state) {
  for (auto const& [name, w] : all_) tell(name, state);
}

void workers::look(std::uint64_t number) {
  auto const named = by_number_.find(number);
  if (named == by_number_.end()) return;
  std::string const name = named->second;
  worker_info& w = all_.at(name);
  timestamp const now = clock_.now();
  w.watched = false;
  // Its end will be heard.
  if (silence_.connected_is_alive && w.connections > 0) return;
  bool const between = w.expected && leases_.running(name) == 0;
  if (between || leases_.fetching(name)) w.seen_at = now;
  timestamp const lost_at = w.seen_at + silence_.lease;
  timestamp const forgotten_at =
      w.seen_at + std::max<microseconds>(silence_.lease, limits::worker_silence);
  if (lost_at > now) return look_at(w, lost_at);
  if (!w.lost) lose(w);
  // It may come back, and fall silent again.
  if (forgotten_at > now) return look_at(w, std::min(forgotten_at, now + silence_.lease));
  forget(name);
  forgotten_(name);
}

void workers::lose(worker_info& w) {
  w.lost = true;
  if (leases_.running(w.about.name) == 0) return;
  std::string const why =
      fmt::format("{} gave no sign of life for {} ms", w.about.name, silence_.lease.count());
  note(system_, worker_lost{w.about.name, why}, "the loss of a worker");
  leases_.lose(w.about.name, why);
}

void workers::forget(std::string const& name) {
  auto const found = all_.find(name);
  by_number_.erase(found->second.number);
  all_.erase(found);
}

void workers::refused(job_id job, seq fence, std::string worker, std::string result) {
  ++refused_;
  note(system_, result_refused{job, fence, std::move(worker), std::move(result)},
       "a refused result");
}

worker_info const* workers::find(std::string_view name) const {
  auto const found = all_.find(name);
  return found == all_.end() ? nullptr : &found->second;
}

}  // namespace retrylab
