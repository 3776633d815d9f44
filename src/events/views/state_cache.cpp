#include "events/views/state_cache.hpp"

namespace retrylab {
namespace {

constexpr std::size_t entry_overhead = 96;  // of the list, the table and the allocator

std::size_t size(std::optional<std::string> const& text) { return text ? text->capacity() : 0; }

std::size_t size(std::vector<std::string> const& texts) {
  std::size_t sum = texts.capacity() * sizeof(std::string);
  for (std::string const& text : texts) sum += text.capacity();
  return sum;
}

std::size_t memory_of(job_state const& s) {
  std::size_t sum = sizeof(job_state) + sizeof(job_spec) + entry_overhead + s.spec->type.capacity();
  sum += s.spec->queue.capacity() + s.spec->payload.text.capacity() + s.spec->source.capacity();
  sum += size(s.spec->handler) + size(s.spec->idempotency_key) + size(s.spec->tags);
  if (s.running) sum += s.running->worker.capacity();
  if (s.error)
    sum += s.error->type.capacity() + s.error->message.capacity() + size(s.error->backtrace);
  if (s.result) sum += s.result->text.capacity();
  return sum;
}

}  // namespace

std::optional<job_state> state_cache::take(job_id job) {
  auto const found = places_.find(job.value);
  if (found == places_.end()) return std::nullopt;
  std::optional<job_state> state{std::move(found->second->state)};
  bytes_ -= found->second->bytes;
  entries_.erase(found->second);
  places_.erase(found);
  return state;
}

void state_cache::put(job_state const& state) {
  if (auto const old = places_.find(state.id.value); old != places_.end()) remove(old->second);
  if (is_ended(state.status)) return;
  insert(state, memory_of(state));
  while (bytes_ > bytes_max_) remove(std::prev(entries_.end()));
}

void state_cache::put_if_room(job_state const& state) {
  if (is_ended(state.status)) return;
  std::size_t const bytes = memory_of(state);
  if (bytes_ + bytes <= bytes_max_) insert(state, bytes);
}

void state_cache::insert(job_state const& state, std::size_t bytes) {
  entries_.push_front({state, bytes});
  places_.emplace(state.id.value, entries_.begin());
  bytes_ += bytes;
}

void state_cache::clear() {
  entries_.clear();
  places_.clear();
  bytes_ = 0;
}

void state_cache::remove(place at) {
  bytes_ -= at->bytes;
  places_.erase(at->state.id.value);
  entries_.erase(at);
}

}  // namespace retrylab
