#include "lab/yaml_fields.hpp"

#include "lab/scenario_values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retrylab {
namespace {

yaml_value const empty_map{yaml_value::kind::map};

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

yaml_fields::yaml_fields(yaml_value const& map, std::string path, complaints& all)
    : map_(map.is == yaml_value::kind::map ? map : empty_map), path_(std::move(path)), all_(all) {
  if (map.is != yaml_value::kind::map)
    all_.push_back({map.line, path_, "must be a map of names and values"});
}

std::string yaml_fields::path(std::string_view name) const {
  return path_.empty() ? std::string{name} : fmt::format("{}.{}", path_, name);
}

bool yaml_fields::has(std::string_view name) const {
  yaml_value const* const found = map_.find(name);
  return found && found->is != yaml_value::kind::null;
}

yaml_value const* yaml_fields::get(std::string_view name) {
  known_.emplace(name);
  return has(name) ? map_.find(name) : nullptr;
}

void yaml_fields::fail(std::string_view name, std::string message) {
  yaml_value const* const at = map_.find(name);
  all_.push_back({at ? at->line : map_.line, path(name), std::move(message)});
}

yaml_value const* yaml_fields::scalar(std::string_view name, char const* wanted) {
  yaml_value const* const value = get(name);
  if (!value || value->is == yaml_value::kind::scalar) return value;
  fail(name, fmt::format("must be {}", wanted));
  return nullptr;
}

std::optional<std::string> yaml_fields::text(std::string_view name, std::size_t most) {
  yaml_value const* const value = scalar(name, "text");
  if (!value) return std::nullopt;
  std::size_t const n = characters(value->text);
  if (n >= 1 && n <= most) return value->text;
  fail(name, fmt::format("must have 1 to {} characters", most));
  return std::nullopt;
}

std::optional<std::int64_t> yaml_fields::integer(std::string_view name, std::int64_t low,
                                                 std::int64_t high) {
  auto const wanted = fmt::format("a whole number from {} to {}", low, high);
  yaml_value const* const value = scalar(name, wanted.c_str());
  if (!value) return std::nullopt;
  auto const n = parse_count(value->text);
  if (n && *n <= static_cast<std::uint64_t>(high) && static_cast<std::int64_t>(*n) >= low)
    return static_cast<std::int64_t>(*n);
  fail(name, "must be " + wanted);
  return std::nullopt;
}

std::optional<bool> yaml_fields::boolean(std::string_view name) {
  yaml_value const* const value = scalar(name, "true or false");
  if (!value) return std::nullopt;
  if (value->text == "true" || value->text == "false") return value->text == "true";
  fail(name, "must be true or false");
  return std::nullopt;
}

std::optional<std::uint64_t> yaml_fields::decimal(std::string_view name, std::uint64_t low,
                                                  std::uint64_t high) {
  auto const wanted = fmt::format("a number from {} to {}", print_milli(low), print_milli(high));
  yaml_value const* const value = scalar(name, wanted.c_str());
  if (!value) return std::nullopt;
  auto const n = parse_milli(value->text);
  if (n && *n >= low && *n <= high) return n;
  fail(name, "must be " + wanted + ", with at most three decimals");
  return std::nullopt;
}

std::optional<microseconds> yaml_fields::duration(std::string_view name, microseconds most) {
  yaml_value const* const value = scalar(name, duration_rule);
  if (!value) return std::nullopt;
  auto const found = parse_duration(value->text);
  if (!found) {
    fail(name, fmt::format("must be {}", duration_rule));
  } else if (*found > most) {
    fail(name, fmt::format("must be at most {}", print_duration(most)));
  } else {
    return found;
  }
  return std::nullopt;
}

std::vector<yaml_value const*> yaml_fields::list(std::string_view name, std::size_t most) {
  yaml_value const* const value = get(name);
  std::vector<yaml_value const*> all;
  if (!value) return all;
  if (value->is != yaml_value::kind::list) return {value};
  if (value->items.size() > most) {
    fail(name, fmt::format("has {} entries; at most {} are allowed", value->items.size(), most));
    return all;
  }
  for (yaml_value const& item : value->items) all.push_back(&item);
  return all;
}

std::vector<std::string> yaml_fields::texts(std::string_view name, std::size_t most,
                                            std::size_t chars) {
  std::vector<std::string> all;
  for (yaml_value const* const item : list(name, most)) {
    std::size_t const n = characters(item->text);
    if (item->is != yaml_value::kind::scalar || n < 1 || n > chars) {
      all_.push_back(
          {item->line, path(name), fmt::format("must be texts of 1 to {} characters", chars)});
      continue;
    }
    all.push_back(item->text);
  }
  return all;
}

void yaml_fields::adopt(std::string_view name, std::vector<field_error> const& errors) {
  yaml_value const* const value = map_.find(name);
  for (field_error const& e : errors) {
    yaml_value const* const at = value ? value->find(e.field) : nullptr;
    std::string where = path(name);
    if (!e.field.empty()) where += "." + e.field;
    all_.push_back({at ? at->line : value ? value->line : map_.line, std::move(where), e.message});
  }
}

void yaml_fields::finish() {
  for (yaml_value const& m : map_.members) {
    if (!known_.contains(m.name)) all_.push_back({m.name_line, path(m.name), "is not known"});
  }
}

}  // namespace retrylab
