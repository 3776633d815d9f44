#include "events/log_audit.hpp"

#include "events/event_codec.hpp"
#include "events/id_ranges.hpp"

namespace retrylab {
namespace {

constexpr std::size_t kept = 100;

bool is_end(job_event const& event) {
  return std::holds_alternative<succeeded>(event) || std::holds_alternative<dead_lettered>(event) ||
         std::holds_alternative<cancelled>(event);
}

bool waits_for_its_batch(job_state const& s) { return s.status == job_status::retrying && !s.due; }

}  // namespace

void log_audit::violation(seq at, std::string const& what) {
  if (violations_.size() < kept)
    violations_.push_back("event " + std::to_string(at.value) + ": " + what);
}

void log_audit::see(stored_event const& e) {
  if (e.seq <= last_) violation(e.seq, "follows event " + std::to_string(last_.value) + " (L1)");
  if (e.seq > last_.next()) {
    left_out_ += e.seq.value - last_.value - 1;
    if (gaps_.size() < kept)
      gaps_.emplace_back(e.seq, "follows event " + std::to_string(last_.value) + " (L1)");
  }
  if (e.at < at_) violation(e.seq, "is earlier than the event before it (L6)");
  last_ = e.seq;
  at_ = e.at;
  unlinked_.push_back(hasher_.digest(e));
  e.job == system_id ? see_system_event(e) : see_job_event(e);
}

void log_audit::see_system_event(stored_event const& e) {
  if (e.version != ++system_version_)
    violation(e.seq, "has the wrong version of the system's stream (L5)");
  auto const decoded = decode_system_event(e.type, e.data);
  if (!decoded) return violation(e.seq, decoded.error() + " (L10)");
  if (auto const* const step = std::get_if<purged>(&*decoded)) see_purge(e, *step);
  if (auto const* const fork = std::get_if<forked>(&*decoded)) {
    origin_ = *fork;
    forked_at_ = e.seq;
    left_out_then_ = left_out_;
  }
}

void log_audit::see_purge(stored_event const& e, purged const& step) {
  auto const ranges = parse_ranges(step.jobs);
  if (!ranges) return violation(e.seq, ranges.error() + " (L10)");
  std::uint64_t events = 0;
  std::uint64_t count = 0;
  for (job_id id : ids_in(*ranges)) {
    auto const found = jobs_.find(id);
    if (found == jobs_.end() || !is_ended(found->second.status)) {
      violation(e.seq, "purges job " + std::to_string(id.value) + ", which has not ended (R1)");
      continue;
    }
    ++count;
    events += found->second.version;
    jobs_.erase(found);
    fences_.erase(id);
    ends_.erase(id);
    unlinked_jobs_.erase(id);
  }
  purged_jobs_ += count;
  if (count != step.count || events != step.events)
    violation(e.seq, "names " + std::to_string(count) + " jobs with " + std::to_string(events) +
                         " events, and says " + std::to_string(step.count) + " with " +
                         std::to_string(step.events) + " (R2)");
}

void log_audit::see_job_event(stored_event const& e) {
  job_state& state = jobs_[e.job];
  unlinked_jobs_.insert(e.job);
  if (e.version != state.version + 1)
    violation(e.seq, "has version " + std::to_string(e.version) + " after " +
                         std::to_string(state.version) + " (L5)");
  auto const record = decode(e);
  if (!record) return violation(e.seq, record.error() + " (L10)");
  encoded_event const again = encode(record->event);
  if (again.type != e.type || again.data != e.data)
    violation(e.seq, "encodes to something else (L10)");
  if (auto const why = why_illegal(state, record->event)) violation(e.seq, *why + " (J1)");
  bool const requeue = std::holds_alternative<requeued>(record->event);
  if (state.exists() && e.generation != state.generation + (requeue ? 1 : 0))
    violation(e.seq, "has the wrong generation (J6)");
  if (std::holds_alternative<attempted>(record->event)) {
    if (state.due && e.at < *state.due) violation(e.seq, "starts before its time (J7)");
    if (e.seq <= fences_[e.job]) violation(e.seq, "has a fence that does not increase (F1)");
    fences_[e.job] = e.seq;
  }
  check_delay(state, *record);
  if (requeue) ends_[e.job] = 0;
  if (is_end(record->event) && ++ends_[e.job] > 1) violation(e.seq, "ends a generation twice (J5)");
  evolve(state, *record);
}

void log_audit::check_delay(job_state const& before, job_record const& record) {
  auto const* retry = std::get_if<retry_scheduled>(&record.event);
  if (!retry) return;
  retry_policy const& policy = before.spec->retry;
  bool const by_policy = retry->rule == to_string(policy.kind) || retry->rule == policy.name;
  microseconds const base = base_delay(policy, before.attempts);
  microseconds const most = base + base * policy.jitter_ppm / 1'000'000;
  if (by_policy && (retry->delay < base || retry->delay > most))
    violation(record.seq, "has a delay outside its policy (J9)");
  if (retry->due != record.at + retry->delay)
    violation(record.seq, "is due at another time than its delay says (J9)");
}

void log_audit::see(chain_link const& link) {
  if (link.last != last_) violation(link.last, "ends a batch that was not read to its end (L2)");
  if (link.batch_id <= last_batch_id_)
    violation(link.last, "has a batch id that does not increase (L8)");
  chain_ = hasher_.link(chain_, unlinked_);
  if (chain_ != link.chain) violation(link.last, "does not fit the hash chain");
  chain_ = link.chain;
  unlinked_.clear();
  linked_ = link.last;
  last_batch_id_ = link.batch_id;
  for (auto it = unlinked_jobs_.begin(); it != unlinked_jobs_.end();
       it = unlinked_jobs_.erase(it)) {
    if (waits_for_its_batch(jobs_.at(*it)))
      violation(link.last, "leaves job " + std::to_string(it->value) +
                               " between two events of one batch (L2)");
  }
}

void log_audit::finish() {
  if (origin_ && origin_->left_out != left_out_then_)
    violation(forked_at_, "says that " + std::to_string(origin_->left_out) +
                              " events were left out, but " + std::to_string(left_out_then_) +
                              " are missing (L1)");
  for (auto const& [at, what] : gaps_) {
    if (at > forked_at_) violation(at, what);
  }
  if (linked_ != last_) violation(last_, "is not covered by the hash chain");
}

}  // namespace retrylab
