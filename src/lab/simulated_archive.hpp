#pragma once
// The archive of the simulated world: segments in memory that outlive crashes, as files would. One
// thread.

#include "events/archive.hpp"

#include <map>
#include <vector>

namespace retrylab {

class simulated_archive final : public event_archive {
 public:
  result<archived_segment, store_failure> write(std::uint64_t number,
                                                std::span<stored_event const> events) override {
    std::string name = std::to_string(number);
    segments_[name].assign(events.begin(), events.end());
    return archived_segment{std::move(name), ""};
  }
  [[nodiscard]] std::vector<stored_event> const& segment(std::string const& name) const {
    return segments_.at(name);
  }

 private:
  std::map<std::string, std::vector<stored_event>> segments_;
};

}  // namespace retrylab
