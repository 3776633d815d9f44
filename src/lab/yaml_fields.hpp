#pragma once
// Reads one map of a YAML tree field by field and remembers every complaint with its line and the
// path of its field, as in "jobs[2].retry.base_ms".
//
//   yaml_fields f{map, "jobs[2]", complaints};
//   auto const type = f.text("type");
//   f.finish();                       // unknown names are complaints too
//
// A null counts as absent. The tree and the complaints must outlive the reader.

#include "events/core/time.hpp"
#include "events/json_fields.hpp"
#include "lab/checks.hpp"
#include "lab/yaml.hpp"

#include <optional>
#include <set>

namespace retrylab {

struct scenario_error {
  int line = 0;
  std::string field;  // its path; empty: the file as a whole
  std::string message;
  bool operator==(scenario_error const&) const = default;
};
using complaints = std::vector<scenario_error>;

class yaml_fields {
 public:
  // What is not a map is a complaint, and then nothing is in it.
  yaml_fields(yaml_value const& map, std::string path, complaints& all);

  // The value, and the name is known from here on.
  [[nodiscard]] yaml_value const* get(std::string_view name);
  [[nodiscard]] bool has(std::string_view name) const;
  // At most so many characters, at least one.
  [[nodiscard]] std::optional<std::string> text(std::string_view name, std::size_t most);
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name, std::int64_t low,
                                                    std::int64_t high);
  [[nodiscard]] std::optional<bool> boolean(std::string_view name);
  // In thousandths.
  [[nodiscard]] std::optional<std::uint64_t> decimal(std::string_view name, std::uint64_t low,
                                                     std::uint64_t high);
  [[nodiscard]] std::optional<microseconds> duration(std::string_view name, microseconds most);
  // A list, or one value in place of a list of one. Complains of more than `most`.
  [[nodiscard]] std::vector<yaml_value const*> list(std::string_view name, std::size_t most);
  [[nodiscard]] std::vector<std::string> texts(std::string_view name, std::size_t most,
                                               std::size_t chars);

  void fail(std::string_view name, std::string message);
  // Complaints of a JSON reader about the value of `name`, which it was handed as JSON.
  void adopt(std::string_view name, std::vector<field_error> const& errors);
  void finish();
  [[nodiscard]] std::string path(std::string_view name) const;
  [[nodiscard]] int line() const { return map_.line; }
  [[nodiscard]] complaints& all() { return all_; }

 private:
  [[nodiscard]] yaml_value const* scalar(std::string_view name, char const* wanted);

  yaml_value const& map_;
  std::string path_;
  complaints& all_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace retrylab
