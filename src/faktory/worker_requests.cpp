#include "faktory/worker_requests.hpp"

#include "events/core/limits.hpp"
#include "events/text_cut.hpp"
#include "faktory/command.hpp"
#include "faktory/request_fields.hpp"

#include <algorithm>

namespace retrylab {
namespace {

reply_error invalid(std::string_view verb, std::string_view rest) {
  std::string text{"invalid "};
  text += verb;
  text += ' ';
  text += cut_utf8(rest, limits::faktory_error_reply_bytes);
  return refuse(std::move(text));
}

std::string presentable(std::optional<std::string> const& said, std::size_t bytes) {
  std::string_view const text = trimmed(said ? std::string_view{*said} : std::string_view{});
  return std::string{text.empty() ? std::string_view{"unknown"} : cut_utf8(text, bytes)};
}

std::vector<std::string> cut(std::vector<std::string> lines) {
  for (std::string& line : lines)
    line.resize(cut_utf8(line, limits::faktory_backtrace_line_bytes).size());
  return lines;
}

std::optional<worker_state> parse_state(std::string_view name) {
  if (name == "running") return worker_state::running;
  if (name == "quiet") return worker_state::quiet;
  if (name == "terminate") return worker_state::terminate;
  return std::nullopt;
}

}  // namespace

result<std::vector<std::string>, reply_error> parse_fetch(std::string_view rest) {
  std::vector<std::string> queues;
  for (std::size_t words = 0; !rest.empty();) {
    auto const [word, others] = split_word(rest);
    rest = others;
    if (word.empty()) continue;
    if (++words > limits::faktory_queue_names)
      return refuse("must call fetch with at most " + std::to_string(limits::faktory_queue_names) +
                    " queues");
    if (std::find(queues.begin(), queues.end(), word) == queues.end()) queues.emplace_back(word);
  }
  if (queues.empty()) queues.emplace_back("default");
  return queues;
}

result<ack_request, reply_error> parse_ack(std::string_view rest) {
  json_fields f{rest};
  auto jid = f.optional<std::string>("jid");
  auto const result = f.raw("result");
  if (!f.ok() || !jid) return invalid("ACK", rest);
  ack_request out{std::move(*jid)};
  if (result) out.result = raw_json{std::string{*result}};
  return out;
}

// What the worker says in `custom` of when to try again.
std::optional<reply_error> read_advice(json_fields& f, fail_request& request) {
  auto const custom = f.raw("custom");
  if (!custom) return std::nullopt;
  json_fields own{*custom, "custom.", json_fields::checked::yes};
  if (auto const after = own.decimal("retry_after", 3)) {
    if (*after > static_cast<std::uint64_t>(milliseconds{limits::delay_max}.count()))
      own.fail("retry_after", "must be at most ten years of seconds");
    request.retry_after = milliseconds{*after};
  }
  request.retryable = own.optional<bool>("retryable").value_or(true);
  if (own.ok()) return std::nullopt;
  return refuse(first_complaint(own));
}

result<fail_request, reply_error> parse_fail(std::string_view rest) {
  json_fields f{rest};
  auto const jid = f.optional<std::string>("jid");
  auto const errtype = f.optional<std::string>("errtype");
  auto const message = f.optional<std::string>("message");
  text_list backtrace = text_list_field(f, "backtrace", limits::faktory_backtrace_lines);
  if (!f.ok()) return invalid("FAIL", rest);
  if (!jid || jid->empty()) return refuse("missing JID");
  fail_request request{
      *jid,
      {presentable(errtype, limits::faktory_error_type_bytes),
       presentable(message, limits::faktory_error_message_bytes), cut(std::move(backtrace.first))}};
  if (auto const wrong = read_advice(f, request)) return *wrong;
  return request;
}

result<beat_request, reply_error> parse_beat(std::string_view rest) {
  json_fields f{rest};
  beat_request beat;
  beat.wid = f.optional<std::string>("wid").value_or("");
  beat.current_state = parse_state(f.optional<std::string>("current_state").value_or(""));
  beat.rss_kb = f.optional<std::int64_t>("rss_kb").value_or(0);
  if (!f.ok()) return invalid("BEAT", rest);
  return beat;
}

std::string_view state_document(worker_state state) {
  switch (state) {
    case worker_state::running:
      return R"({"state":""})";
    case worker_state::quiet:
      return R"({"state":"quiet"})";
    case worker_state::terminate:
      return R"({"state":"terminate"})";
  }
  return "{}";
}

}  // namespace retrylab
