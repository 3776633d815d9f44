#pragma once
// A row of the log, before and after it has its place.

#include "events/core/ids.hpp"
#include "events/core/job_events.hpp"
#include "events/core/time.hpp"

#include <memory>
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
  // What `data` says, when this process has just written it: decode() need not read the text.
  std::shared_ptr<job_event const> known{};
  // Of an event that ends an attempt which begins so many events earlier in the same batch; 0 when
  // it has its fence (late_fence.hpp).
  std::uint32_t attempt_began = 0;

  bool operator==(stored_event const& o) const {
    return seq == o.seq && job == o.job && version == o.version && generation == o.generation &&
           type == o.type && at == o.at && data == o.data;
  }
};

}  // namespace retrylab
