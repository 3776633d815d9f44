#include "actors/operations.hpp"

#include "events/core/limits.hpp"

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 4> state_names{"RUNNING", "FINISHED", "STOPPED", "FAILED"};

}  // namespace

std::string_view to_string(operation_state state) {
  return state_names[static_cast<std::size_t>(state)];
}

operations::operations(boost::asio::any_io_executor io, clock& time, deadlines& timers,
                       read_pool& reads, job_actors& jobs)
    : io_(std::move(io)),
      clock_(time),
      timers_(timers),
      reads_(reads),
      jobs_(jobs),
      step_(timers_.on([this](std::uint64_t id, std::uint64_t) {
        auto const found = runs_.find(id);
        if (found == runs_.end()) return;
        found->second->resting = false;
        step(*found->second);
      })) {}

operation const* operations::start(operation_request request) {
  if (running_ >= limits::operations_running) return nullptr;
  ++running_;
  auto made = std::make_unique<run>();
  run& r = *made;
  runs_.emplace(++last_id_, std::move(made));
  r.shown.id = last_id_;
  r.shown.created_at = clock_.now();
  if (auto const* const query = std::get_if<job_query>(&request.jobs)) {
    r.pages = *query;
    r.pages->order = list_order::newest_first;
    r.pages->limit = limits::operation_page;
  } else {
    auto const& ids = std::get<std::vector<job_id>>(request.jobs);
    r.waiting.assign(ids.rbegin(), ids.rend());
    r.shown.total = static_cast<std::int64_t>(ids.size());
  }
  r.shown.request = std::move(request);
  // Through the alarm, so that whoever started it sees it before its first job is asked.
  rest(r, clock_.now());
  return &r.shown;
}

operation const* operations::stop(std::uint64_t id) {
  auto const found = runs_.find(id);
  if (found == runs_.end() || found->second->shown.state != operation_state::running)
    return nullptr;
  end(*found->second, operation_state::stopped);
  return &found->second->shown;
}

operation const* operations::find(std::uint64_t id) const {
  auto const found = runs_.find(id);
  return found == runs_.end() ? nullptr : &found->second->shown;
}

std::vector<operation const*> operations::all() const {
  std::vector<operation const*> out;
  out.reserve(runs_.size());
  for (auto at = runs_.rbegin(); at != runs_.rend(); ++at) out.push_back(&at->second->shown);
  return out;
}

void operations::step(run& r) {
  while (r.shown.state == operation_state::running && !r.waiting.empty() && may_ask(r)) {
    job_id const job = r.waiting.back();
    r.waiting.pop_back();
    ask(r, job);
  }
  if (r.shown.state != operation_state::running || !r.waiting.empty() || r.in_flight > 0) return;
  r.pages ? read_page(r) : end(r, operation_state::finished);
}

bool operations::may_ask(run& r) {
  if (r.resting || r.in_flight >= limits::operation_asks) return false;
  if (!r.shown.request.rate) return true;
  auto const due =
      r.shown.created_at + microseconds{r.asked * 1'000'000 / std::int64_t{*r.shown.request.rate}};
  if (due <= clock_.now()) return true;
  rest(r, due);
  return false;
}

void operations::rest(run& r, timestamp until) {
  if (std::exchange(r.resting, true)) return;
  timers_.add(until, step_, r.shown.id);
}

void operations::ask(run& r, job_id job) {
  ++r.in_flight;
  ++r.asked;
  jobs_.ask(job, r.shown.request.wish, [this, id = r.shown.id, job](ask_answer const& answer) {
    auto const found = runs_.find(id);
    if (found != runs_.end()) answered(*found->second, job, answer);
  });
}

void operations::answered(run& r, job_id job, ask_answer const& answer) {
  --r.in_flight;
  if (!answer && is_transient(answer.error())) {
    --r.asked;
    r.waiting.push_back(job);
    return rest(r, clock_.now() + limits::transient_retry);
  }
  if (answer) {
    ++r.shown.changed;
  } else {
    ++r.shown.refused;
    if (r.shown.refusals.size() < limits::operation_refusals)
      r.shown.refusals.push_back({job, answer.error()});
  }
  // An answer may come inside ask(): the loop that asked goes on by itself.
  if (!r.resting) rest(r, clock_.now());
}

void operations::read_page(run& r) {
  if (std::exchange(r.reading, true)) return;
  auto read = [query = *r.pages, now = clock_.now()](readers& from) {
    return from.jobs->list(query, now);
  };
  using page = view_result<job_page>;
  read_with(reads_, io_, std::move(read), [this, id = r.shown.id](std::optional<page> found) {
    auto const at = runs_.find(id);
    if (at == runs_.end()) return;
    run& mine = *at->second;
    mine.reading = false;
    if (mine.shown.state != operation_state::running) return;
    if (!found) return rest(mine, clock_.now() + limits::transient_retry);
    if (*found) return take_page(mine, std::move(**found));
    mine.shown.error = found->error().message;
    end(mine, operation_state::failed);
  });
}

void operations::take_page(run& r, job_page page) {
  if (!std::exchange(r.counted, true)) {
    r.shown.total = page.total;
    r.shown.estimated = page.estimated;
  }
  auto const& only = r.shown.request.only;
  for (auto at = page.jobs.rbegin(); at != page.jobs.rend(); ++at) {
    if (!only || only(*at)) r.waiting.push_back(at->id);
  }
  page.next ? void(r.pages->past = page.next) : r.pages.reset();
  step(r);
}

void operations::end(run& r, operation_state how) {
  r.shown.state = how;
  r.shown.finished_at = clock_.now();
  r.waiting = {};
  r.pages.reset();
  --running_;
  auto const ended = r.shown.request.ended;
  forget_old();
  if (ended) ended();
}

// The one that has just ended stays: it is among the newest to have ended, or few are kept.
void operations::forget_old() {
  std::size_t ended = runs_.size() - running_;
  for (auto at = runs_.begin(); at != runs_.end() && ended > limits::operations_kept;) {
    bool const old = at->second->shown.state != operation_state::running &&
                     at->second->in_flight == 0 && !at->second->reading;
    ended -= old ? 1 : 0;
    at = old ? runs_.erase(at) : std::next(at);
  }
}

}  // namespace retrylab
