#include "events/redaction/value_redactor.hpp"

#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

constexpr std::size_t hash_bytes = 16;  // shown of the HMAC; two of a billion values do not meet

std::string lower(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return out;
}

std::vector<glob> globs(std::vector<std::string> const& patterns, bool any_case = false) {
  std::vector<glob> out;
  out.reserve(patterns.size());
  for (std::string const& p : patterns) out.emplace_back(any_case ? lower(p) : p);
  return out;
}

bool any_matches(std::vector<glob> const& patterns, std::string_view text) {
  return std::ranges::any_of(patterns, [&](glob const& g) { return g.matches(text); });
}

bool leads_to(std::vector<std::string> const& pointer, std::vector<std::string> const& path) {
  return std::ranges::equal(pointer, path, [](std::string const& step, std::string const& name) {
    return step == "*" || step == name;
  });
}

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

// One form for equal values, however they were written.
std::string canonical(std::string_view text) {
  if (text.starts_with('"')) return quoted(json_text(text));
  boost::json::error_code ec;
  auto const value = boost::json::parse({text.data(), text.size()}, ec);
  return ec ? std::string{text} : boost::json::serialize(value);
}

std::string unescaped(std::string_view step) {
  std::string out;
  for (std::size_t i = 0; i < step.size(); ++i) {
    bool const escape = step[i] == '~' && i + 1 < step.size();
    out += !escape ? step[i] : step[++i] == '1' ? '/' : '~';
  }
  return out;
}

}  // namespace

std::optional<std::vector<std::string>> parse_pointer(std::string_view text) {
  std::vector<std::string> steps;
  if (text.empty()) return steps;
  if (text.front() != '/') return std::nullopt;
  while (!text.empty()) {
    text.remove_prefix(1);
    std::size_t const end = std::min(text.find('/'), text.size());
    steps.push_back(unescaped(text.substr(0, end)));
    text.remove_prefix(end);
  }
  return steps;
}

value_redactor::value_redactor(redact_rules rules) : key_(std::move(rules.key)) {
  for (redact_rule& r : rules.rules) {
    compiled c{std::move(r), {}, {}, {}, {}};
    c.types = globs(c.rule.types);
    c.queues = globs(c.rule.queues);
    c.names = globs(c.rule.names, true);
    c.values = globs(c.rule.values);
    for (std::string const& p : c.rule.pointers)
      c.pointers.push_back(parse_pointer(p).value_or(std::vector<std::string>{}));
    rules_.push_back(std::move(c));
  }
}

void value_redactor::begin(std::string_view type, std::string_view queue) {
  auto const [at, fresh] = by_job_.try_emplace({std::string{type}, std::string{queue}});
  active_ = &at->second;
  if (!fresh) return;
  for (compiled& c : rules_) {
    if (!c.types.empty() && !any_matches(c.types, type)) continue;
    if (!c.queues.empty() && !any_matches(c.queues, queue)) continue;
    at->second.push_back(&c);
  }
}

value_redactor::compiled* value_redactor::rule_for(place const& at, std::string_view text,
                                                   bool leaf) {
  for (compiled* const c : *active_) {
    redact_rule const& r = c->rule;
    if (!r.parts.empty() && std::ranges::find(r.parts, at.part) == r.parts.end()) continue;
    bool const points = std::ranges::any_of(
        c->pointers, [&](auto const& pointer) { return leads_to(pointer, at.path); });
    bool const named = !at.path.empty() && any_matches(c->names, lower(at.path.back()));
    bool const whole = c->pointers.empty() && c->names.empty() && leaf && !at.spared;
    if (!points && !named && !whole) continue;
    if (!c->values.empty() && !(text.starts_with('"') && any_matches(c->values, json_text(text))))
      continue;
    return c;
  }
  return nullptr;
}

std::string value_redactor::hash(std::string_view text) const {
  std::string const form = canonical(text);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<unsigned char const*>(form.data()), form.size(), digest.data(), &size);
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string out = "hash:";
  for (std::size_t i = 0; i < hash_bytes; ++i) {
    out += hex[digest[i] >> 4];
    out += hex[digest[i] & 15];
  }
  return out;
}

std::optional<std::string> value_redactor::apply(compiled& rule, std::string_view text) {
  ++rule.matches;
  if (rule.rule.action == redact_action::keep) return std::string{text};
  ++redacted_;
  if (rule.rule.action == redact_action::drop) return std::nullopt;
  return quoted(rule.rule.action == redact_action::hash ? hash(text) : rule.rule.with);
}

std::optional<std::string> value_redactor::value(place& at, std::string_view text,
                                                 std::span<std::string_view const> controls) {
  bool const leaf = !text.starts_with('{') && !text.starts_with('[');
  if (compiled* const rule = rule_for(at, text, leaf)) return apply(*rule, text);
  if (leaf) return std::string{text};
  return text.starts_with('{') ? object(at, text, controls) : array(at, text);
}

std::string value_redactor::object(place& at, std::string_view text,
                                   std::span<std::string_view const> controls) {
  std::string out{text};
  bool changed = false;
  std::string rewritten;
  json_writer w{rewritten};
  json_fields const members{text, {}, json_fields::checked::yes};
  members.each_unknown([&](std::string_view name, std::string_view member) {
    bool const before = at.spared;
    at.path.emplace_back(name);
    at.spared = before || std::ranges::find(controls, name) != controls.end();
    auto const now = value(at, member, {});
    at.spared = before;
    at.path.pop_back();
    changed = changed || !now || *now != member;
    if (now) w.raw(name, std::string_view{*now});
  });
  w.close();
  return changed ? rewritten : out;
}

std::string value_redactor::array(place& at, std::string_view text) {
  bool changed = false;
  std::string rewritten = "[";
  std::size_t index = 0;
  for (std::string_view const element : json_elements(text)) {
    at.path.push_back(std::to_string(index++));
    auto const now = value(at, element, {});
    at.path.pop_back();
    changed = changed || !now || *now != element;
    if (rewritten.size() > 1) rewritten += ',';
    rewritten += now.value_or("null");
  }
  rewritten += ']';
  return changed ? rewritten : std::string{text};
}

std::optional<std::string> value_redactor::json(redact_part part, std::string_view text,
                                                std::span<std::string_view const> controls) {
  place at{part};
  return value(at, text, controls);
}

std::optional<std::string> value_redactor::text(redact_part part, std::string_view pointer,
                                                std::string_view said, bool spared) {
  place at{part, *parse_pointer(pointer), spared};
  auto const now = value(at, quoted(said), {});
  return now ? std::optional{json_text(*now)} : std::nullopt;
}

std::vector<std::string> value_redactor::idle() const {
  std::vector<std::string> places;
  for (compiled const& c : rules_) {
    if (c.matches == 0) places.push_back(c.rule.place);
  }
  return places;
}

}  // namespace retrylab
