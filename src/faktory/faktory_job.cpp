#include "faktory/faktory_job.hpp"

#include "events/core/limits.hpp"
#include "events/json_writer.hpp"
#include "events/text_cut.hpp"
#include "faktory/compact_json.hpp"
#include "faktory/request_fields.hpp"
#include "faktory/wire_time.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::size_t jid_bytes_min = 8;
constexpr std::size_t quoted_bytes = 100;  // of a client's text in a refusal

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, cut_utf8(text, quoted_bytes));
  return out;
}

reply_error bad_time(std::string_view name, std::string_view text) {
  return refuse("invalid timestamp for '" + std::string{name} + "': " + quoted(text) +
                ": must be a time in RFC 3339");
}

std::optional<std::string_view> container(json_fields& f, std::string_view name, char opening,
                                          char const* complaint) {
  auto const text = f.raw(name);
  if (!text || text->front() == opening) return text;
  f.fail(name, complaint);
  return std::nullopt;
}

void read_unique_until(json_fields& f, job_options& options) {
  auto const until = text_field(f, "unique_until");
  if (!until || *until == "success") return;
  if (*until != "start") f.fail("unique_until", "must be success or start");
  options.unique_until = unique_until::start;
}

result<job_options, reply_error> parse_options(std::string_view custom) {
  json_fields f{custom, "custom.", json_fields::checked::yes};
  job_options options;
  options.unique_for = seconds_field(f, "unique_for");
  if (options.unique_for == microseconds{0}) options.unique_for.reset();
  read_unique_until(f, options);
  options.expires_in = seconds_field(f, "expires_in");
  auto const track = f.raw("track");
  options.track = track == "1" || track == "true";
  options.bid = f.optional<std::string>("bid").value_or("");
  check_id(f, "bid", options.bid);
  if (auto const policy = f.raw("retry_policy"))
    options.retry_policy = raw_json{std::string{*policy}};
  auto const expires_at = text_field(f, "expires_at");
  if (!f.ok()) return refuse(first_complaint(f));
  if (!expires_at) return options;
  options.expires_at = parse_wire_time(*expires_at);
  if (!options.expires_at) return bad_time("expires_at", *expires_at);
  return options;
}

// The rules on values, when every type is right. `at` still lacks its time.
std::optional<reply_error> check(faktory_job& job, bool has_args, jid_rule rule) {
  bool const needs_jid = rule == jid_rule::required || !job.jid.empty();
  if (needs_jid && job.jid.size() < jid_bytes_min)
    return refuse("jobs must have a reasonable jid parameter");
  if (job.jobtype.empty()) return refuse("jobs must have a jobtype parameter");
  if (!has_args) return refuse("jobs must have an args parameter");
  if (job.reserve_for > limits::faktory_reserve_seconds)
    return refuse("jobs cannot be reserved for more than one day");
  if (job.at) {
    auto const time = parse_wire_time(job.at->text);
    if (!time) return bad_time("at", job.at->text);
    job.at->time = *time;
  }
  return check_queue_name(job.queue);
}

bool is_queue_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

std::optional<reply_error> read_extras(json_fields const& f, faktory_job& job) {
  std::size_t count = 0;
  f.each_unknown([&](std::string_view name, std::string_view value) {
    if (++count > limits::faktory_extra_fields) return;
    job.extras.push_back({std::string{name}, raw_json{std::string{value}}});
  });
  if (count <= limits::faktory_extra_fields) return std::nullopt;
  return refuse("jobs must have at most " + std::to_string(limits::faktory_extra_fields) +
                " fields of their own");
}

result<faktory_job, reply_error> read_job(json_fields& f, jid_rule rule) {
  faktory_job job;
  job.jid = f.optional<std::string>("jid").value_or("");
  job.jobtype = f.optional<std::string>("jobtype").value_or("");
  auto const args = container(f, "args", '[', "must be an array");
  if (args) job.args.text = *args;
  if (auto queue = text_field(f, "queue")) job.queue = std::move(*queue);
  job.reserve_for = f.optional<std::int64_t>("reserve_for").value_or(0);
  if (auto at = text_field(f, "at")) job.at = written_time{{}, std::move(*at)};
  job.retry = f.optional<std::int64_t>("retry");
  job.backtrace = f.optional<std::int64_t>("backtrace").value_or(0);
  job.created_at = f.optional<std::string>("created_at").value_or("");
  auto const custom = container(f, "custom", '{', "must be an object");
  for (char const* ours : {"enqueued_at", "failure"}) (void)f.raw(ours);
  if (!f.ok()) return refuse("invalid JSON: " + first_complaint(f));
  if (auto error = check(job, args.has_value(), rule)) return std::move(*error);
  if (custom && !is_empty_container(*custom)) {
    auto options = parse_options(*custom);
    if (!options) return options.error();
    job.options = std::move(*options);
    job.custom = raw_json{std::string{*custom}};
  }
  if (auto error = read_extras(f, job)) return std::move(*error);
  return job;
}

}  // namespace

std::optional<reply_error> check_queue_name(std::string_view name) {
  if (name.empty()) return refuse("queue name cannot be blank");
  bool const allowed = std::all_of(name.begin(), name.end(), is_queue_char);
  if (allowed && name.size() <= limits::queue_chars) return std::nullopt;
  std::string const rule = allowed
                               ? "have at most " + std::to_string(limits::queue_chars) + " bytes"
                               : R"(match \A[a-zA-Z0-9._-]+\z)";
  return refuse("cannot get " + quoted(name) + " queue: queue names must " + rule);
}

result<faktory_job, reply_error> parse_job(std::string_view json) {
  json_fields f{json};
  return read_job(f, jid_rule::required);
}

result<faktory_job, reply_error> parse_checked_job(std::string_view json, jid_rule rule) {
  json_fields f{json, {}, json_fields::checked::yes};
  return read_job(f, rule);
}

}  // namespace retrylab
