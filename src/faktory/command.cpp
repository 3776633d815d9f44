#include "faktory/command.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace retrylab {
namespace {

// The frequent ones first.
constexpr std::array<std::pair<std::string_view, verb>, 14> verbs{{{"PUSH", verb::push},
                                                                   {"FETCH", verb::fetch},
                                                                   {"ACK", verb::ack},
                                                                   {"PUSHB", verb::pushb},
                                                                   {"FAIL", verb::fail},
                                                                   {"BEAT", verb::beat},
                                                                   {"INFO", verb::info},
                                                                   {"TRACK", verb::track},
                                                                   {"BATCH", verb::batch},
                                                                   {"QUEUE", verb::queue},
                                                                   {"MUTATE", verb::mutate},
                                                                   {"HELLO", verb::hello},
                                                                   {"FLUSH", verb::flush},
                                                                   {"END", verb::end}}};

}  // namespace

split_text split_word(std::string_view text) {
  std::size_t const space = text.find(' ');
  if (space == std::string_view::npos) return {text, {}};
  return {text.substr(0, space), text.substr(space + 1)};
}

command parse_command(std::string_view line) {
  auto const [word, rest] = split_word(line);
  auto const* const found = std::find_if(verbs.begin(), verbs.end(),
                                         [&](auto const& known) { return known.first == word; });
  return {found == verbs.end() ? verb::unknown : found->second, word, rest};
}

std::string unknown_command(command const& c) { return "unknown command " + std::string{c.word}; }

}  // namespace retrylab
