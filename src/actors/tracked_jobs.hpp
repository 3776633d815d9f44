#pragma once
// The newest job of each jid whose client wants its progress tracked. Bounded: beyond
// limits::faktory_tracked the oldest are forgotten. Io thread only.

#include "events/core/job_state.hpp"
#include "events/core/limits.hpp"

#include <deque>
#include <map>

namespace retrylab {

class tracked_jobs {
 public:
  void follow(job_state const& job) {
    std::string const& jid = job.spec->faktory->jid;
    auto const [at, fresh] = jobs_.try_emplace(jid, job.id);
    at->second = std::max(at->second, job.id);
    if (!fresh) return;
    order_.push_back(jid);
    if (order_.size() <= limits::faktory_tracked) return;
    jobs_.erase(order_.front());
    order_.pop_front();
  }
  [[nodiscard]] std::optional<job_id> find(std::string_view jid) const {
    auto const found = jobs_.find(jid);
    return found == jobs_.end() ? std::nullopt : std::optional{found->second};
  }

 private:
  std::map<std::string, job_id, std::less<>> jobs_;
  std::deque<std::string> order_;
};

}  // namespace retrylab
