#include "actors/job_draft.hpp"

#include "events/core/assert.hpp"
#include "events/event_codec.hpp"
#include "events/late_fence.hpp"

namespace retrylab {

job_draft::job_draft(job_id job, job_state before, timestamp now)
    : state_(std::move(before)),
      job_(job),
      now_(now),
      version_(state_.version),
      generation_(state_.generation) {}

void job_draft::add(std::vector<job_event> events) {
  records_.reserve(records_.size() + events.size());
  for (job_event& event : events) {
    if (auto const why = why_illegal(state(), event))
      assertion_failed("illegal event: " + *why, __FILE__, __LINE__);
    if (std::holds_alternative<requeued>(event)) ++generation_;
    if (std::holds_alternative<attempted>(event)) began_ = records_.size();
    records_.push_back({seq{}, job_, ++version_, generation_, now_, std::move(event)});
  }
}

job_state const& job_draft::state() {
  for (; applied_ < records_.size(); ++applied_) evolve(state_, records_[applied_]);
  return state_;
}

bool job_draft::begins() const { return began_ && *began_ + 1 == records_.size(); }

void job_draft::add_what_is_certain(job_observer& observer, decide_context const& context) {
  if (std::holds_alternative<created>(records_.back().event)) {
    std::optional<start_attempt> const start = observer.slot_for(state(), now_);
    if (!start) return;
    decision begun = decide(state(), *start, context);
    RETRYLAB_ASSERT(begun, "a job that is queued may start");
    add(std::move(*begun));
  }
  if (!begins()) return;
  if (std::optional<job_command> const end = observer.foretold(state())) {
    decision ended = decide(state(), *end, context);
    RETRYLAB_ASSERT(ended, "an attempt that runs may end");
    add(std::move(*ended));
  }
}

void job_draft::encode_into(std::vector<stored_event>& rows, std::size_t first) const {
  for (std::size_t i = first; i < records_.size(); ++i) {
    rows.push_back(encode(records_[i]));
    if (began_ && lacks_fence(records_[i].event))
      rows.back().attempt_began = static_cast<std::uint32_t>(i - *began_);
  }
}

job_draft::placed_records job_draft::placed(seq first) && {
  (void)state();
  for (std::size_t i = 0; i < records_.size(); ++i) {
    records_[i].seq = seq{first.value + i};
    if (began_ && lacks_fence(records_[i].event))
      give_fence(records_[i].event, records_[*began_].seq);
  }
  // Of all that a state holds only these two come from seqs.
  state_.seq = records_.back().seq;
  if (began_ && state_.running) state_.running->fence = records_[*began_].seq;
  return {std::move(state_), std::move(records_)};
}

}  // namespace retrylab
