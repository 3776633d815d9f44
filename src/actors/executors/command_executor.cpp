#include "actors/executors/command_executor.hpp"

#include "actors/executors/find_handler.hpp"
#include "events/core/limits.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"
#include "events/text_cut.hpp"

#include <boost/asio/post.hpp>

#include <csignal>
#include <cstring>
#include <sysexits.h>

namespace retrylab {
namespace {

std::vector<std::string> environment_of(attempt_work const& work, command_handler const& handler) {
  std::vector<std::string> out;
  out.reserve(handler.environment.size() + 6);
  for (auto const& [name, value] : handler.environment)
    out.emplace_back(name).append(1, '=').append(value);
  std::string const job = std::to_string(work.job.value);
  out.push_back("RETRYLAB_JOB=" + job);
  out.push_back("RETRYLAB_TYPE=" + work.spec->type);
  out.push_back("RETRYLAB_QUEUE=" + work.spec->queue);
  out.push_back("RETRYLAB_ATTEMPT=" + std::to_string(work.attempt));
  out.push_back("RETRYLAB_FENCE=" + std::to_string(work.fence.value));
  out.push_back("RETRYLAB_IDEMPOTENCY_KEY=" + job + "-" + std::to_string(work.generation));
  return out;
}

// What was printed: JSON as it is, any other text as a string.
std::optional<raw_json> result_of(child_end const& end) {
  std::string_view const text = trimmed(end.output);
  if (text.empty()) return std::nullopt;
  if (!end.output_cut && !json_defect(text)) return raw_json{std::string{text}};
  std::string line;
  append_one_line(line, text, limits::command_output_bytes);
  raw_json out{""};
  append_json_string(out.text, line);
  return out;
}

std::vector<std::string> last_lines(std::string_view text) {
  std::vector<std::string> lines;
  text = trimmed(text);
  while (!text.empty() && lines.size() < limits::faktory_backtrace_lines) {
    std::size_t const begin = text.rfind('\n') + 1;  // npos + 1 is 0
    std::string line;
    append_one_line(line, text.substr(begin), limits::faktory_backtrace_line_bytes);
    lines.push_back(std::move(line));
    text.remove_suffix(text.size() - (begin == 0 ? 0 : begin - 1));
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

attempt_failed no_handler(std::string const& type) {
  return {failure_cause::error, {"NotStarted", "no command is configured for " + type}};
}

attempt_failed not_started(std::string const& program, std::string const& why) {
  return {failure_cause::error, {"NotStarted", "cannot start " + program + ": " + why}};
}

}  // namespace

attempt_outcome outcome_of(child_end const& end) {
  if (!end.signalled && end.code == EX_OK) return attempt_succeeded{result_of(end)};
  attempt_failed failed;
  failed.error.backtrace = last_lines(end.errors);
  failed.error.type = end.signalled ? "Signal" : "ExitCode";
  failed.error.message = end.signalled
                             ? std::string{"killed by signal "} + std::to_string(end.code) + " (" +
                                   ::strsignal(end.code) + ")"
                             : "exit code " + std::to_string(end.code);
  if (!failed.error.backtrace.empty()) failed.error.message += ": " + failed.error.backtrace.back();
  failed.error.message.resize(
      cut_utf8(failed.error.message, limits::faktory_error_message_bytes).size());
  failed.retryable = end.signalled || (end.code != EX_USAGE && end.code != EX_DATAERR);
  return failed;
}

command_executor::command_executor(boost::asio::any_io_executor io, clock& time, deadlines& timers,
                                   command_handlers handlers)
    : io_(std::move(io)),
      clock_(time),
      timers_(timers),
      handlers_(std::move(handlers)),
      kill_(timers_.on([this](std::uint64_t fence, std::uint64_t) { kill(fence); })) {}

void command_executor::start(attempt_work work, callback<attempt_outcome> done) {
  auto const handler = find_handler(handlers_, work.spec->type);
  if (handler == handlers_.end()) {  // the edge refuses such jobs; the configuration has changed
    attempt_failed bad = no_handler(work.spec->type);
    return boost::asio::post(io_, [done = std::move(done), bad = std::move(bad)]() mutable {
      std::move(done)(std::move(bad));
    });
  }
  std::uint64_t const fence = work.fence.value;
  child_setting setting{handler->second.command, handler->second.directory,
                        environment_of(work, handler->second), work.spec->payload.text};
  auto child = child_process::start(io_, std::move(setting),
                                    [this, fence](child_end end) { ended(fence, std::move(end)); });
  if (!child) {
    attempt_failed bad = not_started(handler->second.command.front(), child.error());
    return boost::asio::post(io_, [done = std::move(done), bad = std::move(bad)]() mutable {
      std::move(done)(std::move(bad));
    });
  }
  running_.emplace(fence, attempt{std::move(*child), std::move(done)});
}

void command_executor::ended(std::uint64_t fence, child_end end) {
  auto const found = running_.find(fence);
  if (found == running_.end()) return;
  attempt over = std::move(found->second);
  running_.erase(found);
  if (over.forgotten) return;
  if (over.cancelled) return std::move(over.done)(attempt_stopped{});
  std::move(over.done)(outcome_of(end));
}

void command_executor::cancel(seq fence) {
  auto const found = running_.find(fence.value);
  if (found == running_.end()) return;
  found->second.cancelled = true;
  stop(fence.value);
}

void command_executor::forget(seq fence) {
  auto const found = running_.find(fence.value);
  if (found == running_.end()) return;
  found->second.forgotten = true;
  stop(fence.value);
}

void command_executor::stop(std::uint64_t fence) {
  running_.at(fence).child->signal(SIGTERM);
  timers_.add(clock_.now() + limits::command_grace, kill_, fence);
}

void command_executor::kill(std::uint64_t fence) {
  auto const found = running_.find(fence);
  if (found != running_.end()) found->second.child->signal(SIGKILL);
}

}  // namespace retrylab
