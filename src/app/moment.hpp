#pragma once
// A place in a log as the command line says it: the seq of an event, or a time.

#include "events/event_store.hpp"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace retrylab {

[[nodiscard]] std::optional<seq> parse_seq(std::string const& text);
extern CLI::Validator const a_moment;

// Of a text that a_moment found good. `begins`: the first event that is not earlier than a time;
// else the last one that is not later, 0 when there is none.
[[nodiscard]] result<seq, store_failure> resolve_moment(event_reader& log, std::string const& text,
                                                        bool begins);

}  // namespace retrylab
