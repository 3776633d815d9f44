#pragma once
// Applies rules to JSON values and texts, without parsing numbers or moving members, so that what
// no rule takes stays byte for byte. Counts what each rule did. One thread.

#include "events/core/glob.hpp"
#include "events/redaction/redact_rules.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>

namespace retrylab {

class value_redactor {
 public:
  explicit value_redactor(redact_rules rules);

  // The values that follow belong to an event of such a job; empty texts: to the system.
  void begin(std::string_view type, std::string_view queue);

  // Of valid JSON; nothing: it is gone. Members of `controls` at the top, and what `spared` says is
  // one, are taken only by a rule that names them.
  [[nodiscard]] std::optional<std::string> json(redact_part part, std::string_view text,
                                                std::span<std::string_view const> controls = {});
  // A text at a place, as if it stood in a JSON value there.
  [[nodiscard]] std::optional<std::string> text(redact_part part, std::string_view pointer,
                                                std::string_view said, bool spared = false);

  [[nodiscard]] std::uint64_t redacted() const { return redacted_; }
  // Places of the rules that matched nothing.
  [[nodiscard]] std::vector<std::string> idle() const;

 private:
  struct compiled {
    redact_rule rule;
    std::vector<glob> types, queues, names, values;
    std::vector<std::vector<std::string>> pointers{};
    std::uint64_t matches = 0;
  };
  struct place {
    redact_part part;
    std::vector<std::string> path{};
    bool spared = false;
  };
  [[nodiscard]] compiled* rule_for(place const& at, std::string_view text, bool leaf);
  [[nodiscard]] std::optional<std::string> apply(compiled& rule, std::string_view text);
  [[nodiscard]] std::optional<std::string> value(place& at, std::string_view text,
                                                 std::span<std::string_view const> controls);
  [[nodiscard]] std::string object(place& at, std::string_view text,
                                   std::span<std::string_view const> controls);
  [[nodiscard]] std::string array(place& at, std::string_view text);
  [[nodiscard]] std::string hash(std::string_view text) const;

  std::string key_;
  std::vector<compiled> rules_;
  std::map<std::pair<std::string, std::string>, std::vector<compiled*>> by_job_;  // type, queue
  std::vector<compiled*> const* active_ = nullptr;
  std::uint64_t redacted_ = 0;
};

// The steps of a JSON pointer; nothing when it is none.
[[nodiscard]] std::optional<std::vector<std::string>> parse_pointer(std::string_view text);

}  // namespace retrylab
