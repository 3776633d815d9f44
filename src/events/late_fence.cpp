#include "events/late_fence.hpp"

#include "events/core/assert.hpp"

namespace retrylab {
namespace {

constexpr std::string_view unknown = R"({"fence":0)";

// Of an event that ends an attempt by what came of it.
seq* fence_of(job_event& event) {
  if (auto* const e = std::get_if<succeeded>(&event)) return &e->fence;
  if (auto* const e = std::get_if<failed>(&event)) return &e->fence;
  return nullptr;
}

}  // namespace

bool lacks_fence(job_event const& event) {
  if (auto const* const e = std::get_if<succeeded>(&event)) return e->fence == seq{};
  if (auto const* const e = std::get_if<failed>(&event)) return e->fence == seq{};
  return false;
}

void give_fence(job_event& event, seq fence) {
  seq* const place = fence_of(event);
  RETRYLAB_ASSERT(place, "an event without a fence");
  *place = fence;
}

void give_fence(stored_event& row) {
  if (row.attempt_began == 0) return;
  seq const fence{row.seq.value - row.attempt_began};
  row.attempt_began = 0;
  RETRYLAB_ASSERT(row.data.starts_with(unknown), "a fence that is known already");
  row.data.replace(unknown.size() - 1, 1, std::to_string(fence.value));
  if (!row.known) return;
  job_event known = *row.known;
  give_fence(known, fence);
  row.known = std::make_shared<job_event const>(std::move(known));
}

}  // namespace retrylab
