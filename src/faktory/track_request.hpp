#pragma once
// TRACK GET jid, and TRACK SET {"jid":"…","percent":50,"desc":"…","reserve_until":"…"}: progress
// that a worker tells, and that anybody reads.
//
// Source: Faktory's wiki (Ent-Tracking), client/tracking.go, and the clients. The texts of refusals
// are ours.

#include "events/core/result.hpp"
#include "events/core/time.hpp"
#include "faktory/reply.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace retrylab {

struct track_get {
  std::string jid;
  bool operator==(track_get const&) const = default;
};
struct track_set {  // what is absent stays as it is
  std::string jid;
  std::optional<std::int64_t> percent{};
  std::optional<std::string> description{};  // cut
  std::optional<timestamp> reserve_until{};
  bool operator==(track_set const&) const = default;
};
using track_request = std::variant<track_get, track_set>;

// What follows TRACK.
[[nodiscard]] result<track_request, reply_error> parse_track(std::string_view rest);

}  // namespace retrylab
