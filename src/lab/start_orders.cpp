#include "lab/start_orders.hpp"

#include "events/core/limits.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace retrylab {
namespace {

// A job's claim to begin; the smaller one comes first.
struct turn {
  timestamp runs_from = timestamp::max();
  job_id job{};
  bool delayed = false;
};

bool is_before(turn const& a, turn const& b) {
  if (a.runs_from != b.runs_from) return a.runs_from < b.runs_from;
  return !a.delayed && !b.delayed && a.job < b.job;
}

// The earliest claims, by priority, of those that began later (or never).
using lane = std::array<turn, limits::priority_max + 1>;

// Calls look(turn, priority, lane of its queue) for each job, the one that began last first.
template <class Look>
void from_last_to_first(run_record const& record, std::vector<job_group> const& groups,
                        std::vector<bool> const& in, Look look) {
  auto const& jobs = record.jobs();
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < jobs.size(); ++i) {
    if (in[jobs[i].group]) order.push_back(i);
  }
  std::ranges::sort(order, {}, [&](std::uint32_t i) {
    return std::pair{jobs[i].first_fence == 0 ? UINT64_MAX : jobs[i].first_fence, i};
  });
  std::map<std::string, lane, std::less<>> lanes;
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    job_outcome const& o = jobs[*i];
    job_spec const& spec = groups[o.group].spec;
    turn const mine{o.runs_from, job_id{*i + 1}, o.delayed};
    lane& queue = lanes[spec.queue];
    if (o.first_fence != 0) look(o, mine, spec.priority, queue);
    if (turn& first = queue.at(spec.priority); is_before(mine, first)) first = mine;
  }
}

}  // namespace

std::optional<out_of_order> first_out_of_turn(run_record const& record,
                                              std::vector<job_group> const& groups,
                                              std::vector<bool> const& in) {
  std::optional<out_of_order> found;
  from_last_to_first(
      record, groups, in,
      [&](job_outcome const&, turn const& mine, unsigned priority, lane const& later) {
        turn const& other = later.at(priority);
        if (is_before(other, mine)) found = out_of_order{mine.job, other.job};
      });
  return found;
}

std::optional<out_of_order> first_before_a_higher(run_record const& record,
                                                  std::vector<job_group> const& groups,
                                                  std::vector<bool> const& in) {
  std::optional<out_of_order> found;
  from_last_to_first(
      record, groups, in,
      [&](job_outcome const& o, turn const& mine, unsigned priority, lane const& later) {
        for (std::size_t higher = priority + 1; higher < later.size(); ++higher) {
          turn const& other = later.at(higher);
          if (other.runs_from < o.started_at) found = out_of_order{mine.job, other.job};
        }
      });
  return found;
}

}  // namespace retrylab
