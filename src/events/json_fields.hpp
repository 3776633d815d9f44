#pragma once
// Reads one JSON object field by field and remembers every complaint, each with the name of its
// field. Boost.JSON does the parsing; the text of each member stays at hand, because payloads are
// kept byte for byte.
//
//   json_fields f{text};
//   std::string type = f.required<std::string>("type");
//   auto priority = f.optional<std::int64_t>("priority");
//   f.finish();                       // unknown names are complaints too
//   if (!f.ok()) … f.errors() …
//
// A null counts as absent. `text` must outlive the reader.

#include "events/core/job_events.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

struct field_error {
  std::string field;  // empty: the text as a whole
  std::string message;
  int line = 0;  // of a text that has lines; 0: of one that has none
  bool operator==(field_error const&) const = default;
};

// Nothing when `text` is one JSON value of bounded depth in valid UTF-8; else what is wrong, with
// the byte.
[[nodiscard]] std::optional<std::string> json_defect(std::string_view text);

// The place behind the string whose opening quote is at `at`, in text that json_defect() found
// nothing wrong with. Goes from quote to quote, not from byte to byte.
[[nodiscard]] std::size_t json_string_end(std::string_view text, std::size_t at);

class json_fields {
 public:
  enum class checked : bool { no, yes };

  // `prefix` comes before each field's name in complaints: "retry." gives "retry.base_ms".
  // `checked::yes` when json_defect() found nothing in a text around this one.
  explicit json_fields(std::string_view text, std::string prefix = {}, checked state = checked::no);

  // std::string, std::int64_t, bool, std::vector<std::string>, raw_json (an object).
  template <class T>
  [[nodiscard]] std::optional<T> optional(std::string_view name);
  template <class T>
  [[nodiscard]] T required(std::string_view name) {
    if (!raw(name)) fail(name, "is required");
    return optional<T>(name).value_or(T{});
  }
  // A decimal from 0 as an integer in 10^-scale, digits beyond are refused: decimal("jitter", 6) of
  // 0.1 is 100,000.
  [[nodiscard]] std::optional<std::uint64_t> decimal(std::string_view name, int scale);
  // The member's text, whatever it is; nothing when absent or null. Marks the name as known.
  [[nodiscard]] std::optional<std::string_view> raw(std::string_view name);
  // Whether the member is there, null or not.
  [[nodiscard]] bool has(std::string_view name) const;
  // Complains of a null, where absent is one thing and null another.
  void refuse_null(std::string_view name);
  // An integer in [low, high].
  [[nodiscard]] std::optional<std::int64_t> in_range(std::string_view name, std::int64_t low,
                                                     std::int64_t high);

  void fail(std::string_view name, std::string message);
  void adopt(std::vector<field_error> errors);  // of a nested object
  void finish();                                // complains of names nobody asked for
  // Each member that nobody asked for, in the order of the text: visit(name, text).
  template <class Visit>
  void each_unknown(Visit visit) const {
    for (member const& m : members_) {
      if (!m.known) visit(std::string_view{m.name}, m.text);
    }
  }

  [[nodiscard]] bool malformed() const { return malformed_; }
  [[nodiscard]] bool ok() const { return errors_.empty(); }
  [[nodiscard]] std::vector<field_error> const& errors() const { return errors_; }

 private:
  struct member {
    std::string name;
    std::string_view text;
    bool known = false;
  };
  void split(std::string_view text);
  void refuse_twins();

  std::string prefix_;
  std::vector<member> members_;
  std::vector<field_error> errors_;
  bool malformed_ = false;
};

// The elements of a JSON array that json_defect() found nothing wrong with, one after the other.
class json_array {
 public:
  explicit json_array(std::string_view array);
  [[nodiscard]] std::optional<std::string_view> next();

 private:
  std::string_view rest_;  // from the next element on
};

// All of them.
[[nodiscard]] std::vector<std::string_view> json_elements(std::string_view array);

// What a string says, given with its quotes and found valid.
[[nodiscard]] std::string json_text(std::string_view quoted);

}  // namespace retrylab
