#pragma once
// Faults that a server with `--lab` injects on purpose into what it says to workers, so that their
// users see what a bad day does to them. Which of them happen is decided by the rule alone: its
// seed, and the job and attempt (or the count of calls) that it looks at.

#include "events/core/ids.hpp"
#include "events/core/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace retrylab {

enum class fault_kind : unsigned char {
  deliver_twice,   // a job that a worker holds is given to a second FETCH as well
  drop_ack,        // an ACK or FAIL is not recorded, and its connection is cut
  delay_fetch,     // a FETCH waits before it is looked at
  expire_lease,    // an attempt's lease ends early
  quiet_beat,      // a BEAT is answered with quiet
  cut_connection,  // the job is handed out, and its connection cut before the answer
};
inline constexpr std::array<std::string_view, 6> fault_kind_names{
    "deliver_twice", "drop_ack", "delay_fetch", "expire_lease", "quiet_beat", "cut_connection"};

inline constexpr std::uint32_t always_ppm = 1'000'000;

struct fault_rule {
  std::string name;
  fault_kind kind{};
  std::string queue{};             // empty: of any
  std::string type{};              // of the job; empty: any
  std::uint32_t ppm = always_ppm;  // how likely, in millionths
  std::uint32_t every = 0;         // instead: of so many occasions the last; 0: by chance
  std::uint64_t seed = 0;
  std::optional<std::uint64_t> limit{};  // faults in all
  milliseconds delay{};                  // of delay_fetch; of expire_lease: when it ends
  bool operator==(fault_rule const&) const = default;
};

// When a fault could happen: an attempt, and how many occasions the rule has had, this one
// included.
struct fault_occasion {
  job_id job{};
  generation_number generation = 0;
  attempt_number attempt = 0;
  std::uint64_t ordinal = 0;
};

// Whether it is about an attempt; else about what a worker asks.
[[nodiscard]] bool is_about_jobs(fault_kind kind);
// Whether the rule has a fault then. Pure: the same every time.
[[nodiscard]] bool falls_on(fault_rule const& rule, fault_occasion const& occasion);

}  // namespace retrylab
