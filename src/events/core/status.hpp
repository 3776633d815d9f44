#pragma once
// The eight statuses of a job. SCHEDULED and RETRYING jobs whose time has come are shown as QUEUED;
// that is derived from the clock and never stored.

#include <array>
#include <optional>
#include <string_view>

namespace retrylab {

enum class job_status : unsigned char {
  scheduled,
  queued,
  running,
  retrying,
  succeeded,
  failed,
  cancelled,
  discarded,
};

inline constexpr std::array<std::string_view, 8> status_names{
    "SCHEDULED", "QUEUED", "RUNNING", "RETRYING", "SUCCEEDED", "FAILED", "CANCELLED", "DISCARDED"};

[[nodiscard]] constexpr std::string_view to_string(job_status s) {
  return status_names[static_cast<std::size_t>(s)];
}

[[nodiscard]] constexpr std::optional<job_status> parse_status(std::string_view name) {
  for (std::size_t i = 0; i < status_names.size(); ++i) {
    if (status_names[i] == name) return static_cast<job_status>(i);
  }
  return std::nullopt;
}

[[nodiscard]] constexpr bool is_waiting(job_status s) {
  return s == job_status::scheduled || s == job_status::queued || s == job_status::retrying;
}
[[nodiscard]] constexpr bool is_ended(job_status s) { return s >= job_status::succeeded; }

}  // namespace retrylab
