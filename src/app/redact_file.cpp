#include "app/redact_file.hpp"

#include "app/toml_reader.hpp"
#include "events/core/limits.hpp"
#include "events/redaction/value_redactor.hpp"

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

constexpr std::array<std::string_view, 7> part_names{"payload", "result", "error",  "tags",
                                                     "ids",     "text",   "workers"};
constexpr std::array<std::string_view, 4> action_names{"keep", "drop", "replace", "hash"};

class rules_reader : toml_reader {
 public:
  rules_reader(std::string const& file, std::string const& key) : toml_reader(file) {
    out_.key = key;
  }

  redact_rules read(toml::table const& root) {
    for (auto const& [key, value] : root) {
      if (key == "key") {
        std::string own = text(value, "key");
        if (out_.key.empty()) out_.key = std::move(own);
      } else if (key == "rule") {
        read_rules(value);
      } else {
        fail(value, std::string{key.str()} + " is not known: key and [[rule]] are");
      }
    }
    if (out_.rules.empty())
      throw toml_complaint{file() + ": has no rule; each begins with [[rule]]"};
    check_key();
    return std::move(out_);
  }

 private:
  std::string text(toml::node const& node, std::string const& name) const {
    auto const* const value = node.as_string();
    if (!value) fail(node, name + " must be a text");
    return value->get();
  }

  std::vector<std::string> texts(toml::node const& node, std::string const& name) const {
    toml::array const* const list = node.as_array();
    if (!list || list->empty()) fail(node, name + R"( must be an array of texts, as in ["a*"])");
    std::vector<std::string> out;
    for (toml::node const& one : *list) out.push_back(text(one, name));
    return out;
  }

  void read_rules(toml::node const& node) {
    toml::array const* const list = node.as_array();
    if (!list || !list->is_array_of_tables()) fail(node, "rule must be [[rule]], one for each");
    if (list->size() > limits::redact_rules)
      fail(node, fmt::format("there are at most {} rules", limits::redact_rules));
    for (toml::node const& one : *list)
      out_.rules.push_back(read_rule(*one.as_table(), fmt::format("rule[{}].", out_.rules.size())));
  }

  redact_rule read_rule(toml::table const& table, std::string const& prefix) const {
    redact_rule rule;
    rule.place = place(table);
    bool acts = false;
    bool with = false;
    for (auto const& [key, value] : table) {
      std::string const name = prefix + std::string{key.str()};
      if (key == "types") {
        rule.types = texts(value, name);
      } else if (key == "queues") {
        rule.queues = texts(value, name);
      } else if (key == "in") {
        rule.parts = parts(value, name);
      } else if (key == "at") {
        rule.pointers = pointers(value, name);
      } else if (key == "keys") {
        rule.names = texts(value, name);
      } else if (key == "values") {
        rule.values = texts(value, name);
      } else if (key == "action") {
        rule.action = action(value, name);
        acts = true;
      } else if (key == "with") {
        rule.with = text(value, name);
        with = true;
      } else {
        fail(value, name + " is not known: types, queues, in, at, keys, values, action, with are");
      }
    }
    if (!acts) fail(table, prefix + "action is required: keep, drop, replace or hash");
    if (with && rule.action != redact_action::replace)
      fail(table, prefix + "with goes with the action replace only");
    return rule;
  }

  std::vector<redact_part> parts(toml::node const& node, std::string const& name) const {
    std::vector<redact_part> out;
    for (std::string const& word : texts(node, name)) {
      auto const found = std::ranges::find(part_names, word);
      if (found == part_names.end())
        fail(node,
             fmt::format("{} has \"{}\"; it may name payload, result, error, tags, ids, text, "
                         "workers",
                         name, word));
      out.push_back(static_cast<redact_part>(found - part_names.begin()));
    }
    return out;
  }

  std::vector<std::string> pointers(toml::node const& node, std::string const& name) const {
    auto out = texts(node, name);
    for (std::string const& pointer : out) {
      if (!parse_pointer(pointer))
        fail(node,
             fmt::format("{} has \"{}\"; a JSON pointer is \"\" or begins with /", name, pointer));
    }
    return out;
  }

  redact_action action(toml::node const& node, std::string const& name) const {
    auto const found = std::ranges::find(action_names, text(node, name));
    if (found == action_names.end()) fail(node, name + " must be keep, drop, replace or hash");
    return static_cast<redact_action>(found - action_names.begin());
  }

  void check_key() const {
    auto const hashes = std::ranges::find(out_.rules, redact_action::hash, &redact_rule::action);
    if (hashes != out_.rules.end() && out_.key.size() < limits::redact_key_bytes_min)
      throw toml_complaint{
          fmt::format("{}: hash needs a key of at least {} bytes: key = \"…\" in the file, "
                      "or --redact-key",
                      hashes->place, limits::redact_key_bytes_min)};
  }

  redact_rules out_;
};

}  // namespace

result<redact_rules, std::string> read_redact_file(std::string const& file,
                                                   std::string const& key) {
  return read_toml(file,
                   [&](toml::table const& root) { return rules_reader{file, key}.read(root); });
}

}  // namespace retrylab
