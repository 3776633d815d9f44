// TRACK: progress that workers tell and anybody asks for, by jid.
//
// Source: Faktory's wiki (Ent-Tracking) and the clients.

#include "actors/load_job.hpp"
#include "events/json_writer.hpp"
#include "faktory/session.hpp"
#include "faktory/track_request.hpp"
#include "faktory/wire_time.hpp"

namespace retrylab {
namespace {

std::string_view state_of(job_state const& s) {
  switch (s.status) {
    case job_status::scheduled:
    case job_status::queued:
      return "enqueued";
    case job_status::running:
      return "working";
    case job_status::succeeded:
      return "success";
    case job_status::retrying:
      return "failed";
    case job_status::failed:
      return "dead";
    case job_status::cancelled:
    case job_status::discarded:
      break;
  }
  return "unknown";
}

std::string document(std::string_view jid, std::optional<job_state> const& job) {
  std::string out;
  json_writer w{out};
  w.string("jid", jid);
  if (!job || !job->exists()) {
    w.string("state", "unknown").string("updated_at", "").close();
    return out;
  }
  std::string time;
  append_wire_time(time, job->updated_at);
  w.string("state", state_of(*job)).string("updated_at", time);
  if (job->progress && job->progress->percent) w.number("percent", *job->progress->percent);
  if (job->progress && !job->progress->text.empty()) w.string("desc", job->progress->text);
  w.close();
  return out;
}

command_done get(faktory_session& s, std::string jid) {
  auto const job = s.core().tracked().find(jid);
  std::optional<job_state> state;
  if (job) {
    auto read = [id = *job](readers& r) { return load_job(*r.log, id); };
    auto const found = co_await read_in(s.core().ports().reads, s.core().ports().io, read);
    if (found) state = *found;
  }
  append_bulk(s.out, document(jid, state));
}

command_done set(faktory_session& s, track_set request) {
  auto const job = s.core().tracked().find(request.jid);
  if (!job) {  // nobody will ask for it
    append_ok(s.out);
    co_return;
  }
  report_progress progress;
  if (request.percent)
    progress.percent = static_cast<unsigned>(std::clamp<std::int64_t>(*request.percent, 0, 100));
  progress.text = std::move(request.description);
  job_command told = std::move(progress);
  ask_answer const answer = co_await ask_job(s.core(), *job, std::move(told));
  auto const held = s.core().attempts().find(request.jid, std::nullopt);
  if (answer && request.reserve_until && held && held->job == *job) {
    job_command longer = extend_lease{held->fence, *request.reserve_until};
    ask_answer const extended = co_await ask_job(s.core(), *job, std::move(longer));
    static_cast<void>(extended);  // it is long enough already, or the attempt has ended
  }
  append_ok(s.out);
}

}  // namespace

command_done run_track(faktory_session& s, std::string_view rest) {
  auto request = parse_track(rest);
  if (!request) {
    append_error(s.out, request.error());
    co_return;
  }
  if (auto* const wanted = std::get_if<track_get>(&*request))
    co_return co_await get(s, std::move(wanted->jid));
  track_set told = std::get<track_set>(std::move(*request));
  co_await set(s, std::move(told));
}

}  // namespace retrylab
