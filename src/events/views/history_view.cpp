#include "events/views/history_view.hpp"

#include "events/core/limits.hpp"

namespace retrylab {
namespace {

constexpr std::array<resolution, resolutions> all_resolutions{
    resolution::second, resolution::minute, resolution::hour, resolution::ever};

constexpr std::array<std::size_t, resolutions> slots_max{
    limits::history_seconds, limits::history_minutes, limits::history_hours, 1};

}  // namespace

void history_view::put(tier& t, std::shared_ptr<history_slot const> slot) {
  auto& place = t.slots[slot->start];
  if (place) t.bytes -= place->bytes();
  t.bytes += slot->bytes();
  place = std::move(slot);
}

// The newest slot always stays.
bool history_view::expire(tier& t, resolution r) {
  if (r == resolution::ever || t.slots.empty()) return false;
  std::size_t const before = t.slots.size();
  auto const drop_oldest = [&t] {
    t.bytes -= t.slots.begin()->second->bytes();
    t.slots.erase(t.slots.begin());
  };
  auto const span = width(r) * static_cast<std::int64_t>(slots_max[static_cast<std::size_t>(r)]);
  t.kept_from = std::max(t.kept_from, t.slots.rbegin()->first - span + width(r));
  while (t.slots.begin()->first < t.kept_from) drop_oldest();
  while (t.bytes > limits::history_tier_bytes && t.slots.size() > 1) {
    drop_oldest();
    t.kept_from = t.slots.begin()->first;
  }
  return t.slots.size() < before;
}

history_view::changes history_view::apply(history_delta delta) {
  changes done;
  for (resolution r : all_resolutions) {
    tier& t = at(r);
    std::map<timestamp, std::shared_ptr<history_slot>> grown;
    for (history_slot const& second : delta.seconds()) {
      timestamp const start = slot_start(r, second.start);
      if (start < t.kept_from) continue;
      auto& slot = grown[start];
      if (!slot) {
        auto const old = t.slots.find(start);
        slot = old == t.slots.end() ? std::make_shared<history_slot>(history_slot{start, {}, {}})
                                    : std::make_shared<history_slot>(*old->second);
      }
      slot->merge(second);
    }
    std::lock_guard const lock{mutex_};
    for (auto const& [start, slot] : grown) put(t, slot);
    done.expired |= expire(t, r);
    done.kept_from[static_cast<std::size_t>(r)] = t.kept_from;
    for (auto& [start, slot] : grown) {
      if (start >= t.kept_from) done.slots.push_back({r, std::move(slot)});
    }
  }
  done.added = delta.take();
  return done;
}

void history_view::restore(resolution r, history_slot slot) {
  std::lock_guard const lock{mutex_};
  put(at(r), std::make_shared<history_slot const>(std::move(slot)));
  (void)expire(at(r), r);
}

history_reader::slots history_view::between(resolution r, timestamp from, timestamp until) const {
  slots found;
  std::lock_guard const lock{mutex_};
  auto const& kept = at(r).slots;
  for (auto it = kept.lower_bound(from); it != kept.end() && it->first < until; ++it)
    found.push_back(it->second);
  return found;
}

std::shared_ptr<history_slot const> history_view::ever() const {
  std::lock_guard const lock{mutex_};
  auto const& kept = at(resolution::ever).slots;
  return kept.empty() ? std::make_shared<history_slot const>() : kept.begin()->second;
}

}  // namespace retrylab
