#pragma once
// Opens an export as the beginning of a new log (decision 13): its events with their seqs, and then
// a Forked that says where they come from. `retrylab serve --fork` (docs/fork.md).

#include "events/core/system_state.hpp"
#include "events/event_store.hpp"
#include "events/slice.hpp"

#include <filesystem>
#include <string>

namespace retrylab {

// A copy that cannot be made, in one line.
struct fork_error {
  std::string message;
};

// What the first line of the file says of it. A whole log from event 1 on may lack that line: then
// its end is looked for.
[[nodiscard]] result<export_head, fork_error> read_export_head(std::filesystem::path const& file);

// Copies the events up to `at` (a seq or a time that a_moment found good; empty: all) to an empty
// log. A failed attempt and what follows from it are one, so it may go one event further.
[[nodiscard]] result<forked, fork_error> copy_export(std::filesystem::path const& file,
                                                     std::string const& at, event_store& log);

// What the system's events say; of a log that is no fork it has no origin.
[[nodiscard]] result<system_state, store_failure> read_system(event_reader& log);

}  // namespace retrylab
