#include "app/config_file.hpp"

#include "app/toml_reader.hpp"
#include "events/core/limits.hpp"
#include "webhook/webhook_signature.hpp"

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

class config_reader : toml_reader {
 public:
  config_reader(std::string const& file, std::function<std::string(char const*)> const& variable)
      : toml_reader(file), variable_(variable) {}

  config_file read(toml::table const& root) {
    for (auto const& [key, value] : root) {
      if (key == "handlers") {
        read_handlers(value);
      } else {
        out_.settings.push_back({std::string{key.str()}, scalar(value), place(value)});
      }
    }
    return std::move(out_);
  }

 private:
  std::string scalar(toml::node const& node) const {
    if (auto const* const text = node.as_string()) return text->get();
    if (auto const* const number = node.as_integer()) return std::to_string(number->get());
    if (auto const* const flag = node.as_boolean()) return flag->get() ? "true" : "false";
    fail(node, "must be a text, an integer, true or false");
  }

  std::string text(toml::node const& node, std::string const& name) const {
    auto const* const value = node.as_string();
    if (!value || value->get().empty()) fail(node, name + " must be a text");
    return value->get();
  }

  void read_handlers(toml::node const& node) {
    toml::table const* const all = node.as_table();
    if (!all) fail(node, "handlers must be a table: [handlers.<type>]");
    for (auto const& [type, handler] : *all) read_handler(std::string{type.str()}, handler);
  }

  void read_handler(std::string const& type, toml::node const& node) {
    std::string const name = "handlers." + type;
    toml::table const* const table = node.as_table();
    if (!table) fail(node, name + " must be a table");
    if (type.empty() || type.size() > limits::type_chars)
      fail(node, fmt::format("{}: a type has 1 to {} characters", name, limits::type_chars));
    toml::node const* const kind_node = table->get("kind");
    if (!kind_node) fail(node, name + ".kind is required: simulate, remote, http or exec");
    auto const kind = parse_handler(text(*kind_node, name + ".kind"));
    if (!kind) fail(*kind_node, name + ".kind must be simulate, remote, http or exec");
    out_.handlers.by_type.emplace(type, *kind);
    if (*kind == handler_kind::exec)
      return out_.commands.emplace(type, command(*table, name)), void();
    if (*kind == handler_kind::http)
      return out_.webhooks.emplace(type, webhook(*table, name)), void();
    refuse_others(*table, name, {"kind"});
  }

  bool flag(toml::table const& table, std::string const& name, char const* key) const {
    toml::node const* const node = table.get(key);
    if (!node) return false;
    if (!node->is_boolean()) fail(*node, name + "." + key + " must be true or false");
    return node->as_boolean()->get();
  }

  webhook_handler webhook(toml::table const& table, std::string const& name) const {
    refuse_others(table, name,
                  {"kind", "url", "secret", "headers", "ca_file", "private_network", "keep_body"});
    webhook_handler h;
    toml::node const* const url = table.get("url");
    if (!url) fail(table, name + ".url is required");
    auto target = parse_webhook_url(text(*url, name + ".url"));
    if (!target) fail(*url, name + ".url " + target.error());
    h.target = std::move(*target);
    if (toml::node const* const node = table.get("secret")) {
      auto secret = parse_webhook_secret(text(*node, name + ".secret"));
      if (!secret) fail(*node, name + ".secret " + secret.error());
      h.secret = std::move(*secret);
    }
    if (toml::node const* const more = table.get("headers")) h.headers = headers(*more, name);
    toml::node const* const ca = table.get("ca_file");
    auto trust = webhook_trust(ca ? text(*ca, name + ".ca_file") : std::string{});
    if (!trust) fail(ca ? *ca : table, name + ".ca_file " + trust.error());
    h.trust = std::move(*trust);
    h.private_network = flag(table, name, "private_network");
    h.keep_body = flag(table, name, "keep_body");
    return h;
  }

  std::map<std::string, std::string> headers(toml::node const& node,
                                             std::string const& name) const {
    toml::table const* const values = node.as_table();
    if (!values) fail(node, name + ".headers must be a table of texts");
    std::map<std::string, std::string> out;
    for (auto const& [key, value] : *values) {
      std::string const field{key.str()};
      std::string const shown = fmt::format("{}.headers.{}", name, field);
      std::string const content = text(value, shown);
      if (!may_set_header(field, content)) fail(value, shown + " is not a header that may be set");
      out.emplace(field, content);
    }
    return out;
  }

  command_handler command(toml::table const& table, std::string const& name) const {
    refuse_others(table, name, {"kind", "command", "directory", "environment"});
    command_handler h;
    toml::node const* const words = table.get("command");
    toml::array const* const list = words ? words->as_array() : nullptr;
    if (!list || list->empty())
      fail(words ? *words : table, name + R"(.command must be an array, as in ["/bin/x", "-v"])");
    for (toml::node const& word : *list) h.command.push_back(text(word, name + ".command"));
    if (toml::node const* const directory = table.get("directory"))
      h.directory = text(*directory, name + ".directory");
    for (char const* inherited : {"PATH", "HOME", "LANG"}) {
      if (std::string value = variable_(inherited); !value.empty())
        h.environment.emplace(inherited, std::move(value));
    }
    if (toml::node const* const more = table.get("environment")) {
      toml::table const* const values = more->as_table();
      if (!values) fail(*more, name + ".environment must be a table of texts");
      for (auto const& [key, value] : *values)
        h.environment.insert_or_assign(
            std::string{key.str()}, text(value, name + ".environment." + std::string{key.str()}));
    }
    return h;
  }

  void refuse_others(toml::table const& table, std::string const& name,
                     std::initializer_list<std::string_view> known) const {
    for (auto const& [key, value] : table) {
      if (std::find(known.begin(), known.end(), key.str()) == known.end())
        fail(value, name + "." + std::string{key.str()} + " is not known");
    }
  }

  std::function<std::string(char const*)> const& variable_;
  config_file out_;
};

}  // namespace

result<config_file, std::string> read_config_file(
    std::string const& file, std::function<std::string(char const*)> const& variable) {
  return read_toml(
      file, [&](toml::table const& root) { return config_reader{file, variable}.read(root); });
}

}  // namespace retrylab
