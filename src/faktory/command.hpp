#pragma once
// The first word of a line and what follows it. Verbs are upper case and nothing else: "push" is
// unknown, as it is in Faktory. An unknown verb is not an error here; its text is kept for the
// reply.
//
// Source: server/commands.go (CommandSet) and docs/protocol-specification.md of Faktory.

#include <string>
#include <string_view>

namespace retrylab {

enum class verb : unsigned char {
  hello,
  push,
  pushb,
  fetch,
  ack,
  fail,
  beat,
  info,
  flush,
  end,
  queue,
  mutate,
  track,
  batch,
  unknown
};

struct command {
  retrylab::verb verb = verb::unknown;
  std::string_view word;
  std::string_view rest;  // after one space; may be empty
};

[[nodiscard]] command parse_command(std::string_view line);

// A word and what follows one space, as parse_command() splits a line.
struct split_text {
  std::string_view word;
  std::string_view rest;
};
[[nodiscard]] split_text split_word(std::string_view text);

// "unknown command CMD"
[[nodiscard]] std::string unknown_command(command const& c);

}  // namespace retrylab
