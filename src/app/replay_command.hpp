#pragma once
// `retrylab replay`: the events of a log again, one after the other, with what each of them
// changed. May run beside a server.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace retrylab {

struct replay_flags {
  std::filesystem::path data = "retrylab-data";
  std::string from;  // a seq, or a time; empty: the beginning
  std::string to;    // likewise; included
  std::optional<std::uint64_t> job{};
  bool changes = false;
  bool json = false;
  bool step = false;
  bool verify = false;
  bool times = false;
  std::filesystem::path compare{};
  std::filesystem::path views{};
};

void add_replay_flags(CLI::App& command, replay_flags& flags);

// EX_OK; EX_DATAERR when verify or compare found a difference, or the log cannot be decoded.
[[nodiscard]] int replay_command(replay_flags const& flags);

}  // namespace retrylab
