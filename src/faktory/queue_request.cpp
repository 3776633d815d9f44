#include "faktory/queue_request.hpp"

#include "events/core/limits.hpp"
#include "events/text_cut.hpp"
#include "faktory/command.hpp"

#include <algorithm>
#include <optional>

namespace retrylab {
namespace {

std::string upper(std::string_view text) {
  std::string out{text};
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return out;
}

std::optional<queue_action> parse_action(std::string_view name) {
  if (name == "PAUSE") return queue_action::pause;
  if (name == "RESUME") return queue_action::resume;
  if (name == "REMOVE") return queue_action::remove;
  if (name == "LATENCY") return queue_action::latency;
  return std::nullopt;
}

}  // namespace

result<queue_request, reply_error> parse_queue_request(std::string_view rest) {
  auto [word, names] = split_word(rest);
  std::string const name = upper(cut_utf8(word, limits::faktory_error_reply_bytes));
  auto const action = parse_action(name);
  if (!action) return refuse("no such QUEUE subcommand: " + name);
  queue_request request{*action};
  for (std::size_t words = 0; !names.empty();) {
    auto const [one, others] = split_word(names);
    names = others;
    if (one.empty()) continue;
    if (++words > limits::faktory_queue_names)
      return refuse("QUEUE takes at most " + std::to_string(limits::faktory_queue_names) +
                    " names");
    if (words == 1 && one == "*") request.all = true;
    if (std::find(request.names.begin(), request.names.end(), one) == request.names.end())
      request.names.emplace_back(one);
  }
  if (!request.all) return request;
  if (*action == queue_action::latency) return refuse("QUEUE LATENCY does not support wildcards");
  request.names.clear();
  return request;
}

}  // namespace retrylab
