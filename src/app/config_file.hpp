#pragma once
// The TOML file of `retrylab serve`: its options as keys, and who runs which type of job as tables
// [handlers.<type>] (docs/configuration.md, docs/handlers.md).

#include "actors/executors/command_executor.hpp"
#include "actors/handler_table.hpp"
#include "webhook/webhook_handler.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

struct config_setting {
  std::string key;
  std::string value;  // as it would stand on the command line
  std::string place;  // "file:line"
};

struct config_file {
  std::vector<config_setting> settings;
  handler_table handlers;
  command_handlers commands;
  webhook_handlers webhooks;
};

// The error is one line: file, line, what is wrong. `variable` gives what commands inherit: PATH,
// HOME and LANG of the server's environment, empty when there is none.
[[nodiscard]] result<config_file, std::string> read_config_file(
    std::string const& file, std::function<std::string(char const*)> const& variable);

}  // namespace retrylab
