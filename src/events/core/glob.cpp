#include "events/core/glob.hpp"

#include <algorithm>
#include <utility>

namespace retrylab {
namespace {

unsigned char take(std::string_view& text) {
  auto const byte = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  return byte;
}

// A backslash at the very end stands for itself.
unsigned char take_escaped(std::string_view& text) {
  if (text.size() > 1 && text.front() == '\\') text.remove_prefix(1);
  return take(text);
}

}  // namespace

// Behind the opening bracket.
glob::byte_set glob::take_class(std::string_view& pattern) {
  byte_set set;
  bool const inverted = pattern.starts_with('^');
  if (inverted) pattern.remove_prefix(1);
  while (!pattern.empty() && pattern.front() != ']') {
    bool const escaped = pattern.size() > 1 && pattern.front() == '\\';
    unsigned char low = take_escaped(pattern);
    unsigned char high = low;
    if (!escaped && pattern.size() > 1 && pattern.front() == '-') {
      pattern.remove_prefix(1);
      high = take(pattern);
    }
    if (high < low) std::swap(low, high);
    for (unsigned byte = low; byte <= high; ++byte) set.set(byte);
  }
  if (!pattern.empty()) pattern.remove_prefix(1);
  return inverted ? ~set : set;
}

glob::part glob::make_part(std::vector<byte_set> sets) {
  part made;
  bool const literal =
      std::all_of(sets.begin(), sets.end(), [](byte_set const& s) { return s.count() == 1; });
  if (!literal) {
    made.sets = std::move(sets);
    return made;
  }
  for (byte_set const& s : sets) made.literal += static_cast<char>(s._Find_first());
  return made;
}

glob::glob(std::string_view pattern) {
  std::vector<byte_set> sets;
  while (!pattern.empty()) {
    byte_set set;
    switch (pattern.front()) {
      case '*':
        pattern.remove_prefix(1);
        parts_.push_back(make_part(std::exchange(sets, {})));
        continue;
      case '?':
        pattern.remove_prefix(1);
        set.set();
        break;
      case '[':
        pattern.remove_prefix(1);
        set = take_class(pattern);
        break;
      default:
        set.set(take_escaped(pattern));
    }
    sets.push_back(set);
  }
  parts_.push_back(make_part(std::move(sets)));
}

bool glob::part::matches_at(std::string_view text, std::size_t at) const {
  if (at > text.size() || text.size() - at < size()) return false;
  if (sets.empty()) return text.substr(at, literal.size()) == literal;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (!sets[i].test(static_cast<unsigned char>(text[at + i]))) return false;
  }
  return true;
}

std::size_t glob::part::find(std::string_view text, std::size_t from) const {
  if (sets.empty()) return text.find(literal, from);
  for (; from + sets.size() <= text.size(); ++from) {
    if (matches_at(text, from)) return from;
  }
  return std::string_view::npos;
}

bool glob::matches(std::string_view text) const {
  part const& first = parts_.front();
  if (!first.matches_at(text, 0)) return false;
  if (parts_.size() == 1) return first.size() == text.size();
  std::size_t at = first.size();
  for (std::size_t i = 1; i + 1 < parts_.size(); ++i) {
    at = parts_[i].find(text, at);
    if (at == std::string_view::npos) return false;
    at += parts_[i].size();
  }
  part const& last = parts_.back();
  return text.size() >= at + last.size() && last.matches_at(text, text.size() - last.size());
}

}  // namespace retrylab
