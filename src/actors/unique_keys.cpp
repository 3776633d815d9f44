#include "actors/unique_keys.hpp"

#include "events/chain.hpp"

#include <algorithm>

namespace retrylab {

std::optional<job_id> unique_keys::claim(uniqueness const& wish, timestamp now, timestamp start) {
  auto const [at, fresh] = held_.try_emplace(wish.key);
  if (!fresh && at->second.until > now) return at->second.job;
  at->second = {job_id{}, std::max(now, start) + wish.for_time};
  return std::nullopt;
}

std::string same_job_key(std::string_view type, std::string_view queue, std::string_view payload) {
  std::string all{type};  // neither a type nor a queue has a zero byte
  all.append(1, '\0').append(queue).append(1, '\0').append(payload);
  return "same:" + to_hex(sha256(all));
}

void unique_keys::give_back(std::string const& key) { held_.erase(key); }

void unique_keys::follow(job_state const& s) {
  uniqueness const& wish = *s.spec->unique;
  bool const over = is_ended(s.status) || (wish.until_start && s.executions > 0);
  timestamp const start = std::max(s.created_at, s.spec->run_at.value_or(s.created_at));
  auto const at = held_.try_emplace(wish.key).first;
  bool const own = at->second.job == s.id || at->second.job == job_id{};
  if (!own) return;  // its time was over, and another job has it
  if (over) {
    held_.erase(at);
  } else {
    at->second = {s.id, start + wish.for_time};
  }
}

}  // namespace retrylab
