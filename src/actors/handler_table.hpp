#pragma once
// Who runs a job: the simulator, a worker that fetches it, a webhook, a command. Pure.

#include "events/core/job_events.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace retrylab {

enum class handler_kind : unsigned char { simulate, remote, http, exec };
inline constexpr std::array<std::string_view, 4> handler_names{"simulate", "remote", "http",
                                                               "exec"};

[[nodiscard]] std::string_view to_string(handler_kind kind);
[[nodiscard]] std::optional<handler_kind> parse_handler(std::string_view name);

// What attempts that run in a server's own process call their worker.
inline constexpr std::array<std::string_view, 3> process_workers{"simulator", "http", "exec"};
[[nodiscard]] bool is_in_process(std::string_view worker);

struct handler_table {
  std::map<std::string, handler_kind, std::less<>> by_type{};  // as configured
  bool simulate = true;    // jobs that nobody else runs; else they wait for a worker
  bool contained = false;  // nothing reaches outside: webhooks and commands are simulated

  // A job's own handler wins, then what is configured for its type; a job that came over the
  // Faktory Work Protocol waits for a worker.
  [[nodiscard]] handler_kind of(job_spec const& spec) const;

 private:
  [[nodiscard]] handler_kind wanted(job_spec const& spec) const;
};

}  // namespace retrylab
