#pragma once
// Reads an export or the trace of a run of the lab, compressed or not, and tells whether it is
// whole (docs/fork.md). One thread.

#include "events/slice.hpp"
#include "events/store/zstd_text.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace retrylab {

// An export that cannot be opened or copied, in one line that names file and line.
struct fork_error {
  std::string message;
};

class export_reader {
 public:
  explicit export_reader(std::filesystem::path const& file);

  // Without its line break; lives until the next call. Nothing at the end.
  [[nodiscard]] result<std::optional<std::string_view>, fork_error> next_line();
  // Every line but the first and the last as an event. Nothing at the end.
  [[nodiscard]] result<std::optional<stored_event>, fork_error> next_event();
  [[nodiscard]] result<stored_event, fork_error> parse(std::string_view line) const;
  // About the line that was read last.
  [[nodiscard]] fork_error error(std::string const& what) const;

 private:
  std::filesystem::path file_;
  std::ifstream plain_;
  std::optional<zstd_lines> packed_;
  std::string line_;
  std::uint64_t number_ = 0;
  bool readable_ = false;
};

// What is in an export.
struct export_contents {
  export_head head;
  export_end end;
  // Whether its last line says so; files of earlier versions have none, and may be cut off.
  bool checked = false;
};

// Reads the whole file once. A file that promises a last line must have it, and what it says of the
// lines before must be so. Of a whole log from event 1 on, as traces of earlier versions are, the
// end is looked for.
[[nodiscard]] result<export_contents, fork_error> check_export(std::filesystem::path const& file);

}  // namespace retrylab
