#pragma once
// `retrylab lab`: scenario files in virtual time on the production actors.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace retrylab {

struct lab_run_flags {
  std::vector<std::string> files;
  std::optional<std::uint64_t> seed{};
  std::optional<std::uint64_t> job{};
  std::string junit;
  std::string trace;
  bool json = false;
  bool quiet = false;
};

struct lab_compare_flags {
  std::string file;
  std::string history;  // instead of the file: the directory of a log
  std::string from;     // a time; empty: the beginning
  std::string to;       // likewise; not included
  std::optional<std::size_t> slots{};
  std::vector<std::string> policies;
  std::optional<std::uint64_t> seed{};
  bool json = false;
};

struct lab_flags {
  CLI::App* run = nullptr;
  lab_run_flags run_flags{};
  CLI::App* compare = nullptr;
  lab_compare_flags compare_flags{};
};

void add_lab_flags(CLI::App& command, lab_flags& flags);

// 0: every scenario ran to its end as it expects; 1: not; else as sysexits.h says.
[[nodiscard]] int lab_command(lab_flags const& flags);

}  // namespace retrylab
