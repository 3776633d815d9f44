#include "lab/yaml.hpp"

#include "events/core/limits.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

#include <yaml-cpp/yaml.h>

namespace retrylab {
namespace {

int line_of(YAML::Mark const& mark) { return mark.is_null() ? 1 : mark.line + 1; }

class tree_builder {
 public:
  // The first problem ends it.
  yaml_value build(YAML::Node const& node, std::size_t depth) {
    yaml_value value;
    value.line = line_of(node.Mark());
    if (depth > limits::json_depth) return fail(value.line, "is nested too deep"), value;
    if (++nodes_ > limits::lab_yaml_nodes) return fail(value.line, "has too many values"), value;
    if (node.IsScalar()) {
      value.is = yaml_value::kind::scalar;
      value.text = node.Scalar();
      value.quoted = node.Tag() == "!";
    } else if (node.IsSequence()) {
      value.is = yaml_value::kind::list;
      for (YAML::Node const& item : node) {
        value.items.push_back(build(item, depth + 1));
        if (problem_) return value;
      }
    } else if (node.IsMap()) {
      add_members(value, node, depth);
    }
    return value;
  }
  [[nodiscard]] std::optional<yaml_error> const& problem() const { return problem_; }

 private:
  void add_members(yaml_value& value, YAML::Node const& node, std::size_t depth) {
    value.is = yaml_value::kind::map;
    for (auto const& member : node) {
      int const line = line_of(member.first.Mark());
      if (!member.first.IsScalar()) return fail(line, "has a name that is not text");
      std::string const& name = member.first.Scalar();
      if (value.find(name)) return fail(line, "\"" + name + "\" is there twice");
      yaml_value one = build(member.second, depth + 1);
      if (problem_) return;
      one.name = name;
      one.name_line = line;
      if (one.is == yaml_value::kind::null) one.line = line;
      value.members.push_back(std::move(one));
    }
  }
  void fail(int line, std::string message) {
    if (!problem_) problem_ = yaml_error{line, std::move(message)};
  }

  std::size_t nodes_ = 0;
  std::optional<yaml_error> problem_;
};

bool looks_like_json(std::string const& text) {
  if (text == "true" || text == "false" || text == "null") return true;
  bool const number = !text.empty() && (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'));
  return number && !json_defect(text);
}

}  // namespace

yaml_value const* yaml_value::find(std::string_view wanted) const {
  for (yaml_value const& m : members) {
    if (m.name == wanted) return &m;
  }
  return nullptr;
}

result<yaml_value, yaml_error> parse_yaml(std::string const& text) {
  try {
    std::vector<YAML::Node> const all = YAML::LoadAll(text);
    if (all.size() > 1) return yaml_error{line_of(all[1].Mark()), "has more than one document"};
    if (all.empty()) return yaml_value{};
    tree_builder builder;
    yaml_value tree = builder.build(all[0], 0);
    if (builder.problem()) return *builder.problem();
    return tree;
  } catch (YAML::Exception const& e) {
    return yaml_error{line_of(e.mark), "is not YAML: " + e.msg};
  }
}

void append_json(std::string& out, yaml_value const& value) {
  switch (value.is) {
    case yaml_value::kind::null:
      out += "null";
      return;
    case yaml_value::kind::scalar:
      !value.quoted&& looks_like_json(value.text) ? void(out += value.text)
                                                  : append_json_string(out, value.text);
      return;
    case yaml_value::kind::list:
      out += '[';
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (i > 0) out += ',';
        append_json(out, value.items[i]);
      }
      out += ']';
      return;
    case yaml_value::kind::map: {
      out += '{';
      for (std::size_t i = 0; i < value.members.size(); ++i) {
        if (i > 0) out += ',';
        append_json_string(out, value.members[i].name);
        out += ':';
        append_json(out, value.members[i]);
      }
      out += '}';
      return;
    }
  }
}

}  // namespace retrylab
