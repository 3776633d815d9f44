#include "actors/runtime/commit_log.hpp"

#include <iterator>

namespace retrylab {

std::vector<append_reply> group_committer::commit(std::vector<append_batch> group) {
  std::vector<append_reply> all_refused(group.size(), log_refusal::poisoned);
  if (poisoned_) return all_refused;
  auto outcomes = store_.append(group);
  if (!outcomes && outcomes.error().what == store_failure::kind::disk_full) {
    return std::vector<append_reply>(group.size(), log_refusal::disk_full);
  }
  if (!outcomes) {
    poisoned_ = true;
    poisoned_handler_(outcomes.error().message);
    return all_refused;
  }
  std::vector<append_reply> replies;
  replies.reserve(group.size());
  std::vector<stored_event> events;
  for (std::size_t i = 0; i < group.size(); ++i) {
    std::visit([&](auto const& outcome) { replies.emplace_back(outcome); }, (*outcomes)[i]);
    if (!std::holds_alternative<appended>((*outcomes)[i])) continue;
    std::move(group[i].events.begin(), group[i].events.end(), std::back_inserter(events));
  }
  if (!events.empty()) committed_(std::move(events));
  return replies;
}

}  // namespace retrylab
