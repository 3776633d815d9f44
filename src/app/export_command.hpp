#pragma once
// `retrylab export`: the events of log and archive, in order of seq, as one JSON object a line, in
// the form of archive segments; the first line says what they are (events/slice.hpp). A part of a
// log stands for itself, so `retrylab serve --fork` can open it. May run beside a server.

#include <cstdint>
#include <filesystem>
#include <string>

namespace CLI {
class App;
}

namespace retrylab {

struct export_flags {
  std::filesystem::path data = "retrylab-data";
  std::string from;          // a seq, or a time; empty: the beginning
  std::string to;            // likewise; included
  std::string redact{};      // a file of rules; empty: everything as it is
  std::string redact_key{};  // of its hashes; empty: the file has it
  std::string out{};  // a file, compressed when its name ends with .zst; empty: standard output
};

void add_export_flags(CLI::App& command, export_flags& flags);

// The exit code is EX_DATAERR when a segment of the archive is missing or altered; all other events
// are written then.
[[nodiscard]] int export_command(export_flags const& flags);

}  // namespace retrylab
