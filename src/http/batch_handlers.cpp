// Batches: jobs that belong together, and the jobs that tell their end.

#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/json_writer.hpp"
#include "http/handlers.hpp"
#include "http/job_requests.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

#include <array>

namespace retrylab {
namespace {

constexpr std::size_t description_chars = 1000;
constexpr std::array<std::string_view, 3> state_names{"pending", "enqueued", "done"};

void append_callback(std::string& out, batch_callback_info const& c) {
  json_writer w{out};
  w.string("state", state_names[static_cast<std::size_t>(c.state)]);
  w.number("job", c.job == job_id{} ? std::nullopt
                                    : std::optional{static_cast<std::int64_t>(c.job.value)});
  w.close();
}

std::string_view state_of(batch_info const& b) {
  if (b.end) return *b.end == batch_end::succeeded ? "succeeded" : "expired";
  return b.settings.committed ? "committed" : "open";
}

void append_batch_info(std::string& out, batch_info const& b) {
  auto const number = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
  json_writer w{out};
  w.string("id", b.id).string("description", b.settings.description);
  w.optional_string("parent",
                    b.settings.parent.empty() ? std::nullopt : std::optional{b.settings.parent});
  w.string("state", state_of(b)).time("created_at", b.settings.opened_at);
  w.number("total", number(b.total)).number("pending", number(b.total - b.executed));
  w.number("succeeded", number(b.succeeded)).number("failed", number(b.failed));
  for (auto const& [name, c] : {std::pair{"complete", &b.complete}, {"success", &b.success}})
    c->wanted ? w.nested(name, [&](std::string& to) { append_callback(to, *c); }) : w.null(name);
  w.close();
}

response batch_response(unsigned status, batch_info const& b) {
  response r;
  r.status = status;
  append_batch_info(r.body, b);
  if (status == 201) r.headers.emplace_back("Location", "/batches/" + b.id);
  return r;
}

// A callback is a job like any other; its Created waits until the batch is done.
std::optional<raw_json> read_callback(json_fields& f, std::string const& name,
                                      request_setting const& setting) {
  auto const text = f.raw(name);
  if (!text) return std::nullopt;
  json_fields nested{*text, name + ".", json_fields::checked::yes};
  job_spec spec = read_job_spec(nested, setting);
  f.adopt(nested.errors());
  return raw_json{encode(job_event{created{std::move(spec)}}).data};
}

result<batch_opened, response> read_batch(std::string_view body, server_context& server) {
  engine& core = server.core;
  request_setting const setting{core.ports().time.now(), core.policies().all(), core.handlers()};
  json_fields f{body};
  batch_opened wish;
  wish.description = f.optional<std::string>("description").value_or("");
  if (!wish.description.empty())
    check_length(f, "description", wish.description, description_chars);
  wish.parent = f.optional<std::string>("parent").value_or("");
  if (!wish.parent.empty() && !core.batch_book().takes(wish.parent))
    f.fail("parent", "names no batch that is open");
  wish.complete = read_callback(f, "complete", setting);
  wish.success = read_callback(f, "success", setting);
  if (f.ok() && !wish.complete && !wish.success)
    f.fail("success", "or complete is required: a batch has a callback");
  f.finish();
  if (!f.ok()) return bad_fields(f);
  return wish;
}

response no_batch(std::string const& id) { return problem(404, "there is no batch " + id); }

}  // namespace

handler_result get_batches(request const&, server_context& server) {
  response r;
  r.body = "[";
  for (batch_info const& b : server.core.batch_book().all()) {
    if (r.body.size() > 1) r.body += ',';
    append_batch_info(r.body, b);
  }
  r.body += ']';
  co_return r;
}

handler_result get_batch(request const& req, server_context& server) {
  auto const found = server.core.batch_book().find(req.params.at(0));
  if (!found) co_return no_batch(req.params.at(0));
  co_return batch_response(200, *found);
}

handler_result post_batch(request const& req, server_context& server) {
  batches& book = server.core.batch_book();
  auto wish = read_batch(req.body, server);
  if (!wish) co_return wish.error();
  if (!book.has_room())
    co_return problem(409, "there are at most " + std::to_string(limits::batches) +
                               " batches that have not ended");
  wish->batch = book.next_id();
  auto start = [&book, event = std::move(*wish)](completion<batch_answer> waiting) mutable {
    book.open(std::move(event), std::move(waiting).as_callback());
  };
  batch_answer const answer = co_await suspend_with<batch_answer>(std::move(start));
  if (!answer) co_return problem(answer.error(), system_id);
  co_return batch_response(201, *answer);
}

handler_result post_batch_commit(request const& req, server_context& server) {
  batches& book = server.core.batch_book();
  std::string const id = req.params.at(0);
  if (!book.find(id)) co_return no_batch(id);
  auto start = [&book, id](completion<batch_answer> waiting) mutable {
    book.commit(id, std::move(waiting).as_callback());
  };
  batch_answer const answer = co_await suspend_with<batch_answer>(std::move(start));
  if (!answer) co_return problem(answer.error(), system_id);
  co_return batch_response(200, *answer);
}

}  // namespace retrylab
