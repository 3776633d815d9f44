#pragma once
// When the jobs of a group arrive, one after the other. The seed and the group's place decide
// everything that is left to chance, so a change of one group changes no other.

#include "lab/random.hpp"
#include "lab/scenario.hpp"

namespace retrylab {

class arrivals {
 public:
  arrivals(job_group const& group, std::size_t place, std::uint64_t seed);

  // From the beginning of the run, never before the one before. Nothing: they have all come.
  [[nodiscard]] std::optional<microseconds> next();

 private:
  [[nodiscard]] microseconds nth(std::uint64_t n) const;

  arrival_kind kind_;
  window time_;
  std::variant<std::uint64_t, arrival_rate> amount_;
  random_stream chance_;
  std::uint64_t arrived_ = 0;
  microseconds last_{};
  std::vector<microseconds> drawn_;  // of a count that comes by chance, or was recorded
};

}  // namespace retrylab
