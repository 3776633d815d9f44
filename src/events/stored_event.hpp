#pragma once
// A row of the log, before and after it has its place.

#include "events/core/ids.hpp"
#include "events/core/time.hpp"

#include <string>

namespace retrylab {

struct stored_event {
  retrylab::seq seq{};  // given by the store
  job_id job{};
  stream_version version = 0;
  generation_number generation = 1;
  std::string type;
  timestamp at{};
  std::string data;  // a JSON object
  bool operator==(stored_event const&) const = default;
};

}  // namespace retrylab
