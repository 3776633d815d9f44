#include "http/lab_history.hpp"

#include "events/core/limits.hpp"
#include "events/past/time_machine.hpp"
#include "http/job_requests.hpp"
#include "http/past_moment.hpp"
#include "http/problem.hpp"
#include "lab/lab_compare.hpp"
#include "lab/scenario_values.hpp"

#include <fmt/format.h>

namespace retrylab {
namespace {

// Shared with the pool: one step at a time works on it.
struct log_walk {
  explicit log_walk(log_stretch which)
      : to(which.to), history(std::move(which), [this](job_id job) { return created_of(job); }) {}

  std::optional<stored_event> created_of(job_id job) const {
    auto rows = log->read_stream(job, stream_version{}, 1);
    if (!rows || rows->empty()) return std::nullopt;
    return std::move(rows->front());
  }

  std::optional<timestamp> to;
  event_reader* log = nullptr;  // of the pool's thread that takes the step
  stretch_reader history;
  seq after{};
  timestamp reached{};
  std::size_t events = 0;
  bool over = false;
  std::optional<std::string> wrong{};   // with the stretch
  std::optional<std::string> broken{};  // the log
};

bool is_past_the_end(log_walk const& walk) { return walk.to && walk.reached >= *walk.to; }

// Whether all is seen that the stretch needs: attempts that began in it end after it.
bool is_enough(log_walk const& walk) { return is_past_the_end(walk) && walk.history.open() == 0; }

void take_step(log_walk& walk, event_reader& log) {
  walk.log = &log;
  for (std::size_t seen = 0; seen < limits::lab_history_step && !walk.over;) {
    auto const rows = log.read_all(walk.after, limits::page_events);
    if (!rows) return void(walk.broken = rows.error().message);
    walk.over = rows->empty();
    for (stored_event const& e : *rows) {
      walk.wrong = walk.history.see(e);
      walk.after = e.seq;
      walk.reached = e.at;
      if (walk.wrong || walk.history.jobs() > limits::lab_run_jobs) return;
    }
    seen += rows->size();
    walk.events += rows->size();
    walk.over = walk.over || is_enough(walk);
  }
}

response bad_stretch(std::string const& why) {
  return problem(422, "history: " + why, {{"history", why}});
}

// Why the walk cannot go on, if it cannot.
std::optional<response> refusal(log_walk const& walk) {
  if (walk.broken) return problem(500, "the log cannot be read: " + *walk.broken);
  if (walk.wrong) return bad_stretch(*walk.wrong);
  if (walk.history.jobs() > limits::lab_run_jobs)
    return bad_stretch(fmt::format("has more than {} jobs, the first until {}; choose less time",
                                   print_count(limits::lab_run_jobs), to_rfc3339(walk.reached)));
  if (walk.events >= limits::lab_history_events && !walk.over && !is_past_the_end(walk))
    return bad_stretch(fmt::format("has more than {} events, the first until {}; choose less time",
                                   print_count(limits::lab_history_events),
                                   to_rfc3339(walk.reached)));
  return std::nullopt;
}

lab_order planned(lab_order order, recorded_history found, std::set<std::string> const& queues,
                  std::optional<std::size_t> slots) {
  recorded_jobs& from = order.recorded.emplace();
  from.from = found.from;
  from.to = found.to;
  from.queues.assign(queues.begin(), queues.end());
  from.slots = slots.value_or(std::max<std::size_t>(found.running_most, 1));
  from.jobs = found.jobs;
  std::uint64_t const seed = order.plan.seed;
  order.plan = as_scenario(std::move(found), from.slots);
  order.plan.seed = seed;
  return order;
}

// What one reading keeps in memory is bounded, so their number is, too.
class sole_reader {
 public:
  explicit sole_reader(bool& taken) : taken_(taken) { taken_ = true; }
  ~sole_reader() { taken_ = false; }
  sole_reader(sole_reader const&) = delete;
  sole_reader& operator=(sole_reader const&) = delete;

 private:
  bool& taken_;
};

}  // namespace

history_request read_history_request(json_fields& fields, std::string_view object) {
  history_request wanted;
  if (object.front() != '{') return fields.fail("history", "must be an object"), wanted;
  json_fields f{object, "history.", json_fields::checked::yes};
  auto const time = [&f](std::string_view name) {
    auto const text = f.optional<std::string>(name);
    auto const at = text ? parse_rfc3339(*text) : std::nullopt;
    if (text && !at) f.fail(name, "must be a time as in 2026-01-01T00:00:00Z");
    return at;
  };
  wanted.which.from = time("from");
  wanted.which.to = time("to");
  if (wanted.which.from && wanted.which.to && *wanted.which.from >= *wanted.which.to)
    f.fail("to", "must be after from");
  auto const queues = f.optional<std::vector<std::string>>("queues");
  if (queues && queues->size() > limits::fetch_queues)
    f.fail("queues", fmt::format("must be at most {} names", limits::fetch_queues));
  if (queues) wanted.which.queues.insert(queues->begin(), queues->end());
  for (std::string const& queue : wanted.which.queues) {
    if (!is_queue_name(queue)) f.fail("queues", std::string{"each "} + queue_name_rule);
  }
  auto const slots = f.in_range("slots", 1, limits::lab_slots);
  if (slots) wanted.slots = static_cast<std::size_t>(*slots);
  f.finish();
  fields.adopt(f.errors());
  return wanted;
}

boost::asio::awaitable<result<lab_order, response>> with_history(server_context& server,
                                                                 lab_order order,
                                                                 history_request wanted) {
  if (server.lab_reads_log) co_return retry_later(429, "the log is being read for another run");
  sole_reader const sole{server.lab_reads_log};
  std::set<std::string> const queues = wanted.which.queues;
  std::optional<timestamp> const from = wanted.which.from;
  auto const walk = std::make_shared<log_walk>(std::move(wanted.which));
  if (from) {
    auto find = [&past = server.past, before = *from - microseconds{1}](readers&) {
      return past.find(before);
    };
    auto const start = co_await read_in(server.core.ports().reads, server.core.ports().io, find);
    if (!start) co_return reads_overloaded();
    if (!*start) co_return past_problem((*start).error());
    walk->after = **start;
  }
  while (!walk->over && walk->events < limits::lab_history_events) {
    auto step = [walk](readers& r) { return take_step(*walk, *r.log), true; };
    auto const taken = co_await read_in(server.core.ports().reads, server.core.ports().io, step);
    if (!taken) co_return reads_overloaded();
    auto why_not = refusal(*walk);
    if (why_not) co_return std::move(*why_not);
  }
  recorded_history found = walk->history.finish();
  if (found.jobs == 0) co_return bad_stretch("no job came in that time");
  co_return planned(std::move(order), std::move(found), queues, wanted.slots);
}

}  // namespace retrylab
