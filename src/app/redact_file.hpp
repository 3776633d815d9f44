#pragma once
// The TOML file of `retrylab export --redact` (docs/fork.md).

#include "events/core/result.hpp"
#include "events/redaction/redact_rules.hpp"

#include <string>

namespace retrylab {

// `key` wins over the one in the file. The error is one line: file, line, what is wrong.
[[nodiscard]] result<redact_rules, std::string> read_redact_file(std::string const& file,
                                                                 std::string const& key);

}  // namespace retrylab
