#pragma once
// Redis's patterns, over bytes:   * any run   ? one byte   [a-z] [^x] one of, none of   \x that x
//
// A pattern is split at its stars once; each part is then looked for behind the one before, and the
// leftmost place is always good enough. So there is no backtracking over stars: the time is at most
// the length of the text times that of the longest part, and a part without ? and [] is found by
// string search. As in Redis, a class that is not closed ends with the pattern, and a reversed
// range is turned.
//
// Source: stringmatchlen() in util.c of Redis.

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

class glob {
 public:
  explicit glob(std::string_view pattern);

  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  using byte_set = std::bitset<256>;
  // What lies between two stars. `sets` is empty when every byte must be itself.
  struct part {
    std::string literal;
    std::vector<byte_set> sets;
    [[nodiscard]] std::size_t size() const { return sets.empty() ? literal.size() : sets.size(); }
    [[nodiscard]] bool matches_at(std::string_view text, std::size_t at) const;
    [[nodiscard]] std::size_t find(std::string_view text, std::size_t from) const;
  };

  static byte_set take_class(std::string_view& pattern);
  static part make_part(std::vector<byte_set> sets);

  std::vector<part> parts_;  // one more than there are stars
};

}  // namespace retrylab
