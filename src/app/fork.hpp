#pragma once
// Opens an export as the beginning of a new log (decision 13): its events with their seqs, and then
// a Forked that says where they come from. `retrylab serve --fork` (docs/fork.md).

#include "app/export_reader.hpp"
#include "events/core/system_state.hpp"
#include "events/event_store.hpp"

namespace retrylab {

// Copies the events up to `at` (a seq or a time that a_moment found good; empty: all) to an empty
// log. A failed attempt and what follows from it are one, so it may go one event further.
// `contents`: what check_export() found.
[[nodiscard]] result<forked, fork_error> copy_export(std::filesystem::path const& file,
                                                     export_contents const& contents,
                                                     std::string const& at, event_store& log);

// What the system's events say; of a log that is no fork it has no origin.
[[nodiscard]] result<system_state, store_failure> read_system(event_reader& log);

}  // namespace retrylab
