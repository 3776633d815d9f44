#include "make_log/job_mix.hpp"

#include "events/json_writer.hpp"

#include <array>
#include <cmath>

namespace retrylab::make_log {
namespace {

constexpr std::array<std::string_view, 20> types{
    "email.send",      "image.resize",   "webhook.deliver", "invoice.render", "search.index",
    "payment.capture", "report.build",   "sms.send",        "cache.warm",     "video.transcode",
    "export.csv",      "import.catalog", "push.notify",     "fraud.check",    "stock.sync",
    "refund.issue",    "backup.verify",  "user.merge",      "geo.lookup",     "license.renew"};

constexpr std::array<std::string_view, 8> queues{"default", "mail",    "media",    "billing",
                                                 "reports", "webhook", "critical", "low"};

constexpr std::array<std::string_view, 10> tags{"nightly", "eu", "us",      "retry-safe", "vip",
                                                "batch",   "v2", "ab-test", "mobile",     "import"};

struct known_error {
  std::string_view type;
  std::string_view message;  // a number follows
};
constexpr std::array<known_error, 10> errors{{
    {"TimeoutError", "the attempt took longer than 30000 ms, request "},
    {"ConnectionRefused", "connect ECONNREFUSED 10.0.3.17:587, try "},
    {"HttpError", "upstream answered 503 Service Unavailable, trace "},
    {"HttpError", "upstream answered 429 Too Many Requests, trace "},
    {"ValidationError", "field \"amount\" must be positive, order "},
    {"SmtpError", "550 5.1.1 mailbox unavailable, message "},
    {"DeadlockDetected", "deadlock detected while waiting for transaction "},
    {"OutOfMemory", "cannot allocate the frame of image "},
    {"PaymentDeclined", "card declined: insufficient funds, charge "},
    {"KeyError", "no customer with the number "},
}};

constexpr std::uint64_t known_ids = 200'000;
constexpr milliseconds month = std::chrono::hours{24 * 30};

fate fate_of(std::uint64_t permille) {
  if (permille < 900) return fate::succeeded;
  if (permille < 950) return fate::failed;
  if (permille < 960) return fate::cancelled;
  if (permille < 975) return fate::retrying;
  if (permille < 985) return fate::scheduled;
  return fate::queued;
}

}  // namespace

std::size_t job_mix::skewed(std::size_t count) {
  // The inverse of the distribution's sum, ln(n+1)/ln(count+1).
  double const u = static_cast<double>(random_.next() >> 11) / 9007199254740992.0;
  auto const n =
      static_cast<std::size_t>(std::exp(u * std::log(static_cast<double>(count) + 1))) - 1;
  return std::min(n, count - 1);
}

std::string job_mix::payload(std::string_view type) {
  std::string const id = std::to_string(random_.between(1, known_ids));
  std::string text;
  json_writer w{text};
  w.string("to", "user" + id + "@example.org")
      .string("template", std::string{type} + ".v" + std::to_string(random_.between(1, 4)))
      .number("order", static_cast<std::int64_t>(random_.between(1'000'000, 9'999'999)))
      .boolean("dry_run", random_.one_in(50));
  if (random_.one_in(4)) w.string("note", "customer " + id + " asked for a second copy by mail");
  w.close();
  return text;
}

planned_job job_mix::next() {
  planned_job job;
  job.spec.type = types[skewed(types.size())];
  job.spec.queue = queues[skewed(queues.size())];
  job.spec.payload = {payload(job.spec.type)};
  if (random_.one_in(5)) job.spec.priority = static_cast<unsigned>(random_.between(0, 9));
  for (std::uint64_t n = random_.between(0, 5); n > 3; --n)
    job.spec.tags.emplace_back(tags[skewed(tags.size())]);
  job.ends_as = fate_of(random_.next() % 1000);
  switch (job.ends_as) {
    case fate::succeeded:
      job.failures = random_.one_in(15) ? 1 : 0;
      break;
    case fate::failed:
      job.spec.max_attempts = static_cast<attempt_number>(random_.between(1, 3));
      job.failures = job.spec.max_attempts;
      break;
    case fate::retrying:  // until long after the log's end
      job.failures = 1;
      job.spec.retry.kind = retry_kind::fixed;
      job.spec.retry.base = job.spec.retry.cap = month;
      break;
    case fate::scheduled:
      job.spec.run_at = until_ + std::chrono::hours{random_.between(24, 24 * 300)};
      break;
    case fate::cancelled:
    case fate::queued:
      break;
  }
  return job;
}

job_error job_mix::next_error() {
  known_error const& e = errors[skewed(errors.size())];
  return {std::string{e.type}, std::string{e.message} + std::to_string(random_.between(1, 99'999))};
}

std::optional<raw_json> job_mix::next_result() {
  if (!random_.one_in(3)) return std::nullopt;
  return raw_json{"{\"took_ms\":" + std::to_string(random_.between(2, 4000)) + "}"};
}

std::string job_mix::next_worker() { return "worker-" + std::to_string(random_.between(1, 12)); }

microseconds job_mix::next_pause(microseconds most) {
  return microseconds{
      static_cast<std::int64_t>(random_.between(0, static_cast<std::uint64_t>(most.count())))};
}

}  // namespace retrylab::make_log
