// POST /jobs/bulk: many jobs, all or nothing. They are read and encoded in the read pool, because
// ten thousand of them would keep the io thread from everything else for tens of milliseconds.

#include "events/core/limits.hpp"
#include "events/json_writer.hpp"
#include "http/admission.hpp"
#include "http/handlers.hpp"
#include "http/idempotency.hpp"
#include "http/job_requests.hpp"
#include "http/problem.hpp"
#include "http/server_context.hpp"

namespace retrylab {
namespace {

using prepared_jobs = result<std::vector<prepared_job>, response>;

response too_many() {
  return problem(422, "a request has at most " + std::to_string(limits::bulk_jobs) + " jobs");
}

// Reads jobs one after the other and gathers complaints, each with the place of its job.
class bulk_reader {
 public:
  explicit bulk_reader(request_setting const& setting) : setting_(setting) {}

  void add(std::string_view text, json_fields::checked state) {
    json_fields f{text, "[" + std::to_string(seen_++) + "].", state};
    if (f.malformed()) malformed_ = true;
    job_spec spec = read_job_spec(f, setting_);
    if (f.ok() && errors_.empty()) return jobs_.push_back(prepare(std::move(spec)));
    for (field_error const& e : f.errors()) {
      if (errors_.size() < limits::bulk_errors) errors_.push_back(e);
    }
  }
  [[nodiscard]] bool full() const { return seen_ > limits::bulk_jobs; }

  [[nodiscard]] prepared_jobs finish() && {
    if (full()) return too_many();
    if (seen_ == 0) return problem(422, "the body has no job");
    if (errors_.empty()) return std::move(jobs_);
    field_error const& first = errors_.front();
    return problem(malformed_ ? 400 : 422, first.field + " " + first.message, errors_);
  }

 private:
  request_setting setting_;
  std::size_t seen_ = 0;
  bool malformed_ = false;
  std::vector<prepared_job> jobs_;
  std::vector<field_error> errors_;
};

prepared_jobs read_array(std::string_view body, request_setting const& setting) {
  if (auto const defect = json_defect(body))
    return problem(400, "the body is not JSON: " + *defect);
  bulk_reader reader{setting};
  for (std::string_view const element : json_elements(body)) {
    if (reader.full()) break;
    reader.add(element, json_fields::checked::yes);
  }
  return std::move(reader).finish();
}

// One job a line; empty lines are none.
prepared_jobs read_lines(std::string_view body, request_setting const& setting) {
  bulk_reader reader{setting};
  while (!body.empty() && !reader.full()) {
    std::string_view const line = body.substr(0, body.find('\n'));
    body.remove_prefix(std::min(body.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    reader.add(line, json_fields::checked::no);
  }
  return std::move(reader).finish();
}

prepared_jobs read_jobs(std::string_view body, request_setting const& setting) {
  std::size_t const begin = body.find_first_not_of(" \t\r\n");
  bool const array = begin != std::string_view::npos && body[begin] == '[';
  return array ? read_array(body, setting) : read_lines(body, setting);
}

std::vector<job_spec const*> specs_of(std::vector<prepared_job> const& jobs) {
  std::vector<job_spec const*> out;
  out.reserve(jobs.size());
  for (prepared_job const& job : jobs) out.push_back(&*job.spec);
  return out;
}

response range_response(job_id first, std::size_t count, unsigned status) {
  auto const id = static_cast<std::int64_t>(first.value);
  response r;
  r.status = status;
  json_writer w{r.body};
  w.number("count", static_cast<std::int64_t>(count))
      .number("first_id", id)
      .number("last_id", id + static_cast<std::int64_t>(count) - 1);
  w.close();
  return r;
}

}  // namespace

handler_result post_jobs_bulk(request const& req, server_context& server) {
  auto const claim = read_claim(req);
  if (!claim) co_return claim.error();
  timestamp const now = server.core.ports().time.now();
  auto read = [&req, now, policies = server.core.policies().all(),
               &handlers = server.core.handlers()](readers&) {
    return read_jobs(req.body, {now, policies, handlers});
  };
  auto jobs = co_await read_in(server.core.ports().reads, server.core.ports().io, read);
  if (!jobs) co_return reads_overloaded();
  if (!*jobs) co_return (*jobs).error();
  if (auto refused = refuse_jobs(specs_of(**jobs), server.core)) co_return std::move(*refused);
  std::size_t const count = (**jobs).size();
  auto start = [&server, prepared = std::move(**jobs),
                key = *claim](completion<create_all_answer> waiting) mutable {
    server.core.jobs().create_all(std::move(prepared), std::move(key),
                                  std::move(waiting).as_callback());
  };
  create_all_answer const answer = co_await suspend_with<create_all_answer>(std::move(start));
  if (answer) co_return range_response(answer->first, count, 201);
  ask_error const error = answer.error();
  // The same body has the same number of jobs, and they have consecutive ids.
  bool const repeated = error.what == ask_error::kind::key_taken && error.taken.same_body;
  if (repeated) co_return range_response(error.taken.job, count, 200);
  co_return problem(error, error.taken.job);
}

}  // namespace retrylab
