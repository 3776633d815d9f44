#pragma once
// Numbers for names that come again and again, so that a waiting entry can hold one in four bytes.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

class name_table {
 public:
  std::uint32_t number(std::string_view name) {
    if (auto const found = numbers_.find(name); found != numbers_.end()) return found->second;
    auto const next = static_cast<std::uint32_t>(names_.size());
    names_.push_back(&numbers_.try_emplace(std::string{name}, next).first->first);
    return next;
  }
  [[nodiscard]] std::string const& name(std::uint32_t number) const { return *names_.at(number); }

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<std::string const*> names_;
};

}  // namespace retrylab
