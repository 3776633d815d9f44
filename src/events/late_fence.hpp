#pragma once
// The fence of an attempt is the seq of its Attempted, and seqs are given by the store. An event
// that ends the attempt in the very batch in which it begins is decided before that: its fence is 0
// until the batch has its place.

#include "events/stored_event.hpp"

namespace retrylab {

// Whether the event ends an attempt whose fence is not known yet.
[[nodiscard]] bool lacks_fence(job_event const& event);
void give_fence(job_event& event, seq fence);

// The row has got its seq: `data`, and what is known of it, get the fence that they lack. Every
// store calls this for every row.
void give_fence(stored_event& row);

}  // namespace retrylab
