// PUSH and PUSHB.

#include "events/core/limits.hpp"
#include "faktory/bulk_push.hpp"
#include "faktory/conversion.hpp"
#include "faktory/session.hpp"

namespace retrylab {
namespace {

pushed_job prepared(faktory_session& s, result<faktory_job, reply_error> job) {
  if (!job) return {job.error()};
  auto spec = spec_of(std::move(*job), s.core().ports().time.now(), s.core().policies().all());
  if (!spec) return {spec.error()};
  if (!s.core().has_room(spec->queue, 1)) return {refuse("the queue " + spec->queue + " is full")};
  if (spec->batch && !s.core().batch_book().takes(*spec->batch))
    return {refuse("no such batch " + *spec->batch)};
  if (!s.context.removed.empty()) s.context.removed.erase(spec->queue);
  return {std::nullopt, prepare(std::move(*spec))};
}

reply_error refusal(ask_error const& error) {
  switch (error.what) {
    case ask_error::kind::not_unique:
      return {reply_code::notunique, "Job not unique"};
    case ask_error::kind::disk_full:
      return refuse("the disk is full; nothing was stored");
    default:
      return refuse("too many writes wait for the log; try again");
  }
}

boost::asio::awaitable<std::optional<reply_error>> write(faktory_session& s,
                                                         std::vector<prepared_job> jobs) {
  auto start = [&core = s.core(),
                jobs = std::move(jobs)](completion<create_all_answer> waiting) mutable {
    core.jobs().create_all(std::move(jobs), std::nullopt, std::move(waiting).as_callback());
  };
  create_all_answer const answer = co_await suspend_with<create_all_answer>(std::move(start));
  if (answer) co_return std::nullopt;
  co_return refusal(answer.error());
}

// Writes what is not refused, and leaves the refusals. Jobs that want to be unique go alone, since
// a batch is taken or refused as a whole.
command_done write_all(faktory_session& s, std::vector<pushed_job>& jobs) {
  for (std::size_t from = 0; from < jobs.size();) {
    if (jobs[from].refused) {
      ++from;
      continue;
    }
    std::size_t to = from;
    std::vector<prepared_job> run;
    do {
      run.push_back(std::move(jobs[to].job));
      ++to;
    } while (to < jobs.size() && !jobs[to].refused && !jobs[to].job.spec->unique &&
             !run.front().spec->unique);
    auto const refused = co_await write(s, std::move(run));
    if (refused) {
      for (std::size_t i = from; i < to; ++i) jobs[i].refused = refused;
    }
    from = to;
  }
}

}  // namespace

void gather_push(faktory_session& s, std::string_view rest) {
  s.pushed.push_back(prepared(s, parse_job(rest)));
}

command_done write_pushed(faktory_session& s) {
  if (s.pushed.empty()) co_return;
  std::vector<pushed_job> jobs = std::exchange(s.pushed, {});
  co_await write_all(s, jobs);
  for (pushed_job const& job : jobs)
    job.refused ? append_error(s.out, *job.refused) : append_ok(s.out);
}

command_done run_pushb(faktory_session& s, std::string_view rest) {
  auto const elements = parse_bulk(rest);
  if (!elements) {
    append_error(s.out, elements.error());
    co_return;
  }
  bulk_refusals refusals;
  std::vector<std::string> jids;
  std::vector<pushed_job> jobs;
  jids.reserve(elements->size());
  jobs.reserve(elements->size());
  for (std::string_view const element : *elements) {
    auto job = parse_bulk_job(element, refusals);
    if (!job) continue;
    jids.push_back(job->jid);
    jobs.push_back(prepared(s, std::move(*job)));
  }
  co_await write_all(s, jobs);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (jobs[i].refused) refusals.add(jids[i], *jobs[i].refused);
  }
  std::string answer;
  refusals.append(answer);
  append_bulk(s.out, answer);
}

}  // namespace retrylab
