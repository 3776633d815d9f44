#include "actors/handler_table.hpp"

#include <algorithm>

namespace retrylab {

std::string_view to_string(handler_kind kind) {
  return handler_names[static_cast<std::size_t>(kind)];
}

std::optional<handler_kind> parse_handler(std::string_view name) {
  auto const found = std::find(handler_names.begin(), handler_names.end(), name);
  if (found == handler_names.end()) return std::nullopt;
  return static_cast<handler_kind>(found - handler_names.begin());
}

bool is_in_process(std::string_view worker) {
  return std::find(process_workers.begin(), process_workers.end(), worker) != process_workers.end();
}

handler_kind handler_table::of(job_spec const& spec) const {
  handler_kind const kind = wanted(spec);
  bool const outside = kind == handler_kind::http || kind == handler_kind::exec;
  if (!contained || !outside) return kind;
  return simulate ? handler_kind::simulate : handler_kind::remote;
}

handler_kind handler_table::wanted(job_spec const& spec) const {
  if (spec.handler) {
    if (auto const own = parse_handler(*spec.handler)) return *own;
  }
  if (auto const found = by_type.find(spec.type); found != by_type.end()) return found->second;
  if (spec.faktory) return handler_kind::remote;
  return simulate ? handler_kind::simulate : handler_kind::remote;
}

}  // namespace retrylab
