#pragma once
// The different errors of jobs: type and message with every number in it as "#", so that "order 17
// not found" and "order 18 not found" are one. A search looks through these and then reads only the
// jobs that have one of them. One thread.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

// 1, 2, 3 … in the order of first use; never given anew. 0: one that was too long, or one too many.
using error_number = std::uint32_t;
inline constexpr error_number other_error = 0;

struct error_shape {
  std::string type;
  std::string message;  // with # for digits
};

// "a12.5" becomes "a#.#".
[[nodiscard]] std::string without_numbers(std::string_view text);

class error_table {
 public:
  // Adds the error when it is new; limits::error_shapes and limits::error_shape_bytes bound that.
  [[nodiscard]] error_number number_of(std::string_view type, std::string_view message);
  // By number, from 1.
  [[nodiscard]] std::vector<error_shape> const& all() const { return errors_; }
  // One that is known to come next.
  void append(error_shape shape);

 private:
  std::vector<error_shape> errors_;
  std::map<std::string, error_number, std::less<>> numbers_;  // by type, a zero byte and message
};

// Jobs with one of the errors in which a search finds its text.
struct error_match {
  error_number error = other_error;
  bool check = false;  // only the whole message tells
  bool operator==(error_match const&) const = default;
};

// Where `part` may be found: in messages, and in types if asked for. other_error is among them.
[[nodiscard]] std::vector<error_match> errors_with(error_table const& errors, std::string_view part,
                                                   bool in_type);

}  // namespace retrylab
