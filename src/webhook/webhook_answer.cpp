#include "webhook/webhook_answer.hpp"

#include "events/core/limits.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"
#include "events/text_cut.hpp"

#include <boost/beast/http/status.hpp>

#include <charconv>
#include <ctime>

namespace retrylab {
namespace {

namespace http = boost::beast::http;

// JSON as it is, any other text as a string.
std::optional<raw_json> result_of(webhook_answer const& answer) {
  std::string_view const text = trimmed(answer.body);
  if (text.empty()) return std::nullopt;
  if (!answer.cut && !json_defect(text)) return raw_json{std::string{text}};
  std::string line;
  append_one_line(line, text, limits::webhook_body_bytes);
  raw_json out{""};
  append_json_string(out.text, line);
  return out;
}

}  // namespace

std::optional<microseconds> parse_retry_after(std::string_view text, timestamp now) {
  std::int64_t seconds = -1;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size()) {
    std::tm date{};
    std::string const copy{text};
    char const* const rest = ::strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date);
    if (rest == nullptr || *rest != '\0') return std::nullopt;
    std::int64_t const whole = to_micros(now) / 1'000'000;
    seconds = std::max<std::int64_t>(0, std::int64_t{::timegm(&date)} - whole);
  }
  if (seconds < 0) return std::nullopt;
  std::int64_t const most =
      std::chrono::duration_cast<std::chrono::seconds>(limits::delay_max).count();
  return std::chrono::seconds{std::min(seconds, most)};
}

attempt_outcome outcome_of(webhook_answer const& answer, std::string const& from, bool keep_body,
                           timestamp now) {
  if (answer.status / 100 == 2)
    return attempt_succeeded{keep_body ? result_of(answer) : std::nullopt};
  attempt_failed failed;
  std::string const code = std::to_string(answer.status);
  failed.error.type = "Http" + code;
  failed.error.message = code;
  std::string_view const reason = http::obsolete_reason(static_cast<http::status>(answer.status));
  if (reason != "<unknown-status>") failed.error.message.append(" ").append(reason);
  failed.error.message.append(" from ").append(from);
  if (keep_body && !trimmed(answer.body).empty()) {
    std::string line;
    append_one_line(line, trimmed(answer.body), limits::faktory_backtrace_line_bytes);
    failed.error.backtrace.push_back(std::move(line));
  }
  failed.retryable = answer.status != 410 && answer.status != 422;
  if (auto const delay = parse_retry_after(answer.retry_after, now))
    failed.advice = retry_advice{*delay, "Retry-After"};
  return failed;
}

}  // namespace retrylab
