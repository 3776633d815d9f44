#pragma once
// Files of the lab, and the bar that shows how far a run is.

#include "lab/scenario_reader.hpp"
#include "lab/stage.hpp"

#include <chrono>

namespace retrylab {

// Why a command ends here: a sentence, and a code of sysexits.h.
struct lab_failure {
  int code = 0;
  std::string why;
};

[[nodiscard]] result<std::string, lab_failure> read_lab_file(std::string const& name);
[[nodiscard]] result<scenario, lab_failure> load_scenario(std::string const& name);
// A stretch of a log, of times in RFC 3339; empty ones: its beginning and end.
[[nodiscard]] result<recorded_history, lab_failure> load_history(std::string const& data,
                                                                 std::string const& from,
                                                                 std::string const& to);
[[nodiscard]] std::optional<lab_failure> write_lab_file(std::string const& name,
                                                        std::string const& text);

// On a terminal only. Ctrl-C ends the run, and what was seen until then is told.
class progress_bar {
 public:
  explicit progress_bar(std::string title);
  ~progress_bar();
  progress_bar(progress_bar const&) = delete;
  progress_bar& operator=(progress_bar const&) = delete;
  // False: somebody wants the run to end.
  bool show(stage_progress const& p);

 private:
  std::string title_;
  bool on_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace retrylab
