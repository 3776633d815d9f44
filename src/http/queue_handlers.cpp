// Queues: what is in them, and what an operator does to them.

#include "edge/projection_wait.hpp"
#include "events/core/limits.hpp"
#include "events/json_writer.hpp"
#include "http/documents.hpp"
#include "http/handlers.hpp"
#include "http/job_requests.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

namespace retrylab {
namespace {

constexpr std::int64_t concurrency_max = 1'000'000;

void append_queue(std::string& out, std::string const& name, status_counts const& counts,
                  engine& core) {
  queue_settings const settings = core.queues().settings(name);
  json_writer w{out};
  w.string("name", name)
      .boolean("paused", settings.paused)
      .string("pause_reason", settings.reason)
      .number("concurrency", settings.concurrency
                                 ? std::optional<std::int64_t>{*settings.concurrency}
                                 : std::nullopt);
  w.number("running", static_cast<std::int64_t>(core.running(name)))
      .number("ready", static_cast<std::int64_t>(core.ready(name)))
      .raw("by_status", std::string_view{by_status_document(counts)});
  w.close();
}

struct queue_counts {
  std::map<std::string, status_counts> by_name;
  std::uint64_t behind = 0;
};

// Of every queue that has jobs or settings. Nothing when the views cannot be read.
boost::asio::awaitable<std::optional<queue_counts>> read_queues(server_context& server) {
  queue_counts queues;
  queues.behind = co_await until_projected(server.core);
  auto read = [now = server.core.ports().time.now()](readers& r) { return r.jobs->counts(now); };
  auto const counts = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!counts || !*counts) co_return std::nullopt;
  queues.by_name = (*counts)->by_queue;
  for (std::string const& name : server.core.queues().names()) queues.by_name.try_emplace(name);
  co_return queues;
}

handler_result answer_queue(std::string name, server_context& server) {
  auto const queues = co_await read_queues(server);
  if (!queues) co_return reads_overloaded();
  auto const found = queues->by_name.find(name);
  if (found == queues->by_name.end()) co_return problem(404, "there is no queue " + name);
  response r;
  tell_behind(r, queues->behind);
  append_queue(r.body, name, found->second, server.core);
  co_return r;
}

using change = std::function<void(queue_control&, callback<queue_answer>)>;

// Makes the change, then shows the queue.
handler_result change_queue(std::string name, server_context& server, change make) {
  auto start = [&server, make = std::move(make)](completion<queue_answer> waiting) {
    make(server.core.queues(), std::move(waiting).as_callback());
  };
  queue_answer const changed = co_await suspend_with<queue_answer>(std::move(start));
  if (!changed) co_return problem(changed.error(), system_id);
  co_return co_await answer_queue(std::move(name), server);
}

response bad_name() {
  return problem(422, std::string{"the queue "} + queue_name_rule, {{"name", queue_name_rule}});
}

}  // namespace

handler_result get_queues(request const&, server_context& server) {
  auto const queues = co_await read_queues(server);
  if (!queues) co_return reads_overloaded();
  response r;
  tell_behind(r, queues->behind);
  r.body = "[";
  for (auto const& [name, counts] : queues->by_name) {
    if (r.body.size() > 1) r.body += ',';
    append_queue(r.body, name, counts, server.core);
  }
  r.body += ']';
  co_return r;
}

handler_result get_queue(request const& req, server_context& server) {
  co_return co_await answer_queue(req.params.at(0), server);
}

handler_result post_queue_pause(request const& req, server_context& server) {
  std::string const name = req.params.at(0);
  if (!is_queue_name(name)) co_return bad_name();
  auto const reason = read_reason(req.body);
  if (!reason) co_return reason.error();
  change make = [name, why = *reason](queue_control& queues, callback<queue_answer> answer) {
    queues.pause(name, why, std::move(answer));
  };
  co_return co_await change_queue(name, server, std::move(make));
}

handler_result post_queue_resume(request const& req, server_context& server) {
  std::string const name = req.params.at(0);
  if (!is_queue_name(name)) co_return bad_name();
  change make = [name](queue_control& queues, callback<queue_answer> answer) {
    queues.resume(name, std::move(answer));
  };
  co_return co_await change_queue(name, server, std::move(make));
}

handler_result put_queue_limit(request const& req, server_context& server) {
  std::string const name = req.params.at(0);
  if (!is_queue_name(name)) co_return bad_name();
  json_fields f{req.body};
  auto const concurrency = f.in_range("concurrency", 1, concurrency_max);
  if (f.ok() && !f.has("concurrency")) f.fail("concurrency", "is required; null is no limit");
  f.finish();
  if (!f.ok()) co_return bad_fields(f);
  change make = [name, concurrency](queue_control& queues, callback<queue_answer> answer) {
    auto const limit =
        concurrency ? std::optional{static_cast<std::uint32_t>(*concurrency)} : std::nullopt;
    queues.limit(name, limit, std::move(answer));
  };
  co_return co_await change_queue(name, server, std::move(make));
}

}  // namespace retrylab
